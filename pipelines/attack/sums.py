"""The published sums of a base as linear equations over what is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy import sparse

from pipelines.attack.blocks import with_blocks
from pipelines.attack.links import linked
from pipelines.attack.release_file import CELL

Vector = np.ndarray


@dataclass(frozen=True)
class Sums:
    """Equations « parts − whole = 0 » between the cells of a base in a year, blocks of structures taken together.

    cells: CELL, cellule (0, 1, 2…), montree, reseau (of the unit itself for a network), bloc, colonne (of the unknown that a
    hidden cell is, or is part of; null if shown), couverture (the shown cell of the same structure that covers a cell of a
    block, null if none) [cell]
    terms: equation, enfant or whole (`cellule`), signe (1 | -1), regle [equation × cell]
    """

    cells: pl.DataFrame
    terms: pl.DataFrame

    @cached_property
    def shown(self) -> Vector:
        """Whether each cell is shown."""
        return self.cells["montree"].to_numpy()

    @cached_property
    def columns(self) -> Vector:
        """The unknown of each cell; -1 if it is shown."""
        return self.cells["colonne"].fill_null(-1).to_numpy()

    @property
    def unknowns(self) -> int:
        """How many unknowns there are."""
        return int(self.columns.max(initial=-1)) + 1

    @property
    def equations(self) -> int:
        """How many equations there are."""
        return int(self.terms["equation"].max() or 0) + 1 if self.terms.height else 0  # type: ignore[arg-type]

    @cached_property
    def matrix(self) -> sparse.csr_matrix:
        """The coefficients of the unknowns [equation × unknown]; the cells of a block count once."""
        hidden = self.terms.with_columns(colonne=self.columns[self.terms["cellule"].to_numpy()]).filter(
            pl.col("colonne") >= 0
        )
        unique = hidden.unique(["equation", "colonne"], maintain_order=True)
        places = unique["equation"].to_numpy(), unique["colonne"].to_numpy()
        return sparse.csr_matrix(
            (unique["signe"].to_numpy(), places), shape=(self.equations, self.unknowns), dtype=float
        )

    def totals(self, values: Vector) -> Vector:
        """The value of each unknown, from that of each cell."""
        hidden = self.columns >= 0
        return np.bincount(self.columns[hidden], values[hidden], minlength=self.unknowns)

    def of_shown(self, low: Vector, high: Vector) -> tuple[Vector, Vector]:
        """Between what and what the shown terms of each equation add up, shown cells lying in [low, high]."""
        cell, sign = self.terms["cellule"].to_numpy(), self.terms["signe"].to_numpy()
        kept = self.shown[cell]
        cell, sign, equation = cell[kept], sign[kept], self.terms["equation"].to_numpy()[kept]
        smallest = np.where(sign > 0, low[cell], -high[cell])
        largest = np.where(sign > 0, high[cell], -low[cell])
        return tuple(np.bincount(equation, each, minlength=self.equations) for each in (smallest, largest))  # type: ignore[return-value]

    def members(self) -> Vector:
        """The hidden cells, by number."""
        return np.flatnonzero(~self.shown)

    def network(self, code: str) -> Vector:
        """Whether each cell is one that the network `code` knows as its own."""
        return self._with_wholes((self.cells["reseau"] == code).fill_null(False).to_numpy())

    def structure(self, unit: str) -> Vector:
        """Whether each cell is one that a structure knows as its own."""
        return self._with_wholes(
            self.cells.select((pl.col("niveau") == "structure") & (pl.col("unite_id") == unit)).to_series().to_numpy()
        )

    def _with_wholes(self, own: Vector) -> Vector:
        """`own` and the wholes that are made of nothing else: a network of one structure, an area of one network."""
        cell, sign, equation = (self.terms[name].to_numpy() for name in ("cellule", "signe", "equation"))
        flags = own.copy()
        for _ in range(2):
            others = np.bincount(equation[sign > 0], ~flags[cell[sign > 0]], minlength=self.equations)
            flags[cell[(sign < 0) & (others[equation] == 0)]] = True
        return flags


def sums_of(cells: pl.DataFrame, units: pl.DataFrame) -> Sums:
    """The sums of the cells of one base in one year (CELL, montree), from reference.unites."""
    numbered = _placed(cells.sort(CELL), units).with_row_index("cellule").with_columns(pl.col("cellule").cast(pl.Int64))
    blocked = _covered(_with_unknowns(with_blocks(numbered)))
    return Sums(blocked, _terms(blocked, linked(numbered.select("cellule", *CELL), units)))


def _placed(cells: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    places = units.filter(niveau="structure").select("niveau", "unite_id", "reseau", "departement")
    placed = cells.select(*CELL, "montree").join(places, on=["niveau", "unite_id"], how="left", maintain_order="left")
    own = pl.when(niveau="reseau").then("unite_id").otherwise("reseau")
    return placed.with_columns(reseau=own)


def _with_unknowns(cells: pl.DataFrame) -> pl.DataFrame:
    whose = pl.coalesce(pl.format("bloc {}", "bloc"), pl.format("{} {}", "niveau", "unite_id"))
    key = pl.struct(whose.alias("qui"), *CELL[2:])
    hidden = cells.filter(~pl.col("montree")).with_columns(colonne=key.rank("dense").cast(pl.Int64) - 1)
    return cells.join(hidden.select("cellule", "colonne"), on="cellule", how="left", maintain_order="left")


def _covered(cells: pl.DataFrame) -> pl.DataFrame:
    """The finest shown cell that covers each hidden cell of a block."""
    shown = cells.filter(pl.col("montree") & pl.col("bloc").is_not_null())
    hidden = cells.filter(~pl.col("montree") & pl.col("bloc").is_not_null())
    found = []
    for step, span in (("trimestre", "1q"), ("annee", "1y")):
        covering = shown.filter(pas=step).select("unite_id", "debut", couverture="cellule")
        whole = hidden.with_columns(pl.col("debut").dt.truncate(span))
        found.append(whole.join(covering, on=["unite_id", "debut"]).select("cellule", "couverture"))
    finest = pl.concat(found).unique("cellule", keep="first", maintain_order=True)
    return cells.join(finest, on="cellule", how="left", maintain_order="left")


def _terms(cells: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    blocks = cells.select("cellule", "bloc", "pas", "debut")
    named = links.join(blocks, left_on="parent", right_on="cellule", how="left").with_columns(
        whole=pl.when((pl.col("regle") == "temps") & pl.col("bloc").is_not_null())
        .then(pl.format("bloc {} {} {}", "bloc", "pas", "debut"))
        .otherwise(pl.format("cellule {}", "parent"))
    )
    numbered = named.with_columns(equation=pl.struct("regle", "whole").rank("dense").cast(pl.Int64) - 1)
    children = numbered.select("regle", "equation", cellule="enfant", signe=pl.lit(1))
    wholes = numbered.unique(["equation", "parent"]).select("regle", "equation", cellule="parent", signe=pl.lit(-1))
    return pl.concat([children, wholes]).sort("equation", "cellule")
