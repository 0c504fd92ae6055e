"""Structures that nobody can tell apart by what is hidden, so that one block stands for them all.

Where every finer cell of a structure is hidden and every coarser one shown, its cells and those of its like in the network are
a two-way table with fixed margins: whatever the block's cells are, they split between its members (Fréchet bounds, which whole
numbers attain). Those that show nothing split anyhow, within a département since its year may be shown.
"""

from __future__ import annotations

import polars as pl

FEWEST_IN_A_BLOCK = 3
"""One of three may know its own cells, and two are left that can be exchanged."""
_RANKS = {"mois": 0, "trimestre": 1, "annee": 2}
_NOTHING = 3


def with_blocks(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (CELL, cellule, montree, reseau, departement) with `bloc`: the block of a structure, null for a unit alone."""
    structures = cells.filter(niveau="structure").with_columns(rang=pl.col("pas").replace_strict(_RANKS, default=None))
    kinds = (
        structures.sort("rang", "debut")
        .group_by("unite_id", maintain_order=True)
        .agg(
            pl.first("reseau"),
            pl.first("departement"),
            finest_shown=pl.col("rang").filter("montree").min().fill_null(_NOTHING),
            coarsest_hidden=pl.col("rang").filter(~pl.col("montree")).max(),
            existing=pl.format("{}:{}", "pas", "debut").str.join(" "),
        )
        .filter(pl.col("coarsest_hidden") < pl.col("finest_shown"))
    )
    key = ["reseau", "finest_shown", "existing", pl.when(finest_shown=_NOTHING).then("departement").alias("ou")]
    members = kinds.with_columns(taille=pl.len().over(key), bloc=pl.struct(key).rank("dense").cast(pl.Int64)).filter(
        pl.col("taille") >= FEWEST_IN_A_BLOCK
    )
    blocked = members.select("unite_id", "bloc", niveau=pl.lit("structure"))
    return cells.join(blocked, on=["niveau", "unite_id"], how="left", maintain_order="left")
