"""The sums that link the cells of a base, as any reader can write them: who belongs to whom, and what lasts how long."""

from __future__ import annotations

import polars as pl

from pipelines.attack.release_file import CELL

_STEPS = (("mois", "trimestre", "1q", 3), ("trimestre", "annee", "1y", 4))


def linked(cells: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """regle, parent, enfant [sum × part]: the cell numbered `parent` is the sum of those numbered `enfant` under a rule.

    `cells`: CELL, cellule (a number) of one base; `units`: reference.unites. A sum that lacks one of its periods is left out.
    """
    region = str(units.filter(niveau="region")["unite_id"].first())
    placed = cells.join(_places(units), on=["niveau", "unite_id"], how="left")
    parts = [*_by_territory(placed, region), *_by_time(cells), _by_modality(cells)]
    return pl.concat([_matched(each, cells) for each in parts])


def _places(units: pl.DataFrame) -> pl.DataFrame:
    return units.filter(niveau="structure").select("niveau", "unite_id", "reseau", "departement")


def _by_territory(placed: pl.DataFrame, region: str) -> list[pl.DataFrame]:
    """Network = structures, département = structures, region = networks, region = départements and structures outside them."""
    structures = placed.filter(niveau="structure")
    yearly = structures.filter(pas="annee")
    outside = yearly.filter(pl.col("departement").is_null() & placed["niveau"].eq("departement").any())
    networks, areas = placed.filter(niveau="reseau"), placed.filter(niveau="departement")
    return [
        _under(structures, "reseau", "reseau", pl.col("reseau")),
        _under(yearly.filter(pl.col("departement").is_not_null()), "departement", "departement", pl.col("departement")),
        _under(networks, "region", "region", pl.lit(region)),
        _under(pl.concat([areas, outside]), "region_departements", "region", pl.lit(region)),
    ]


def _under(children: pl.DataFrame, rule: str, level: str, unit: pl.Expr) -> pl.DataFrame:
    return children.with_columns(pl.lit(rule).alias("regle"), niveau=pl.lit(level), unite_id=unit.cast(pl.String))


def _by_time(cells: pl.DataFrame) -> list[pl.DataFrame]:
    """Quarter = months, year = quarters; year = months in a base that has no quarters."""
    steps = _STEPS if (cells["pas"] == "trimestre").any() else (("mois", "annee", "1y", 12),)
    found = []
    for finer, coarser, span, count in steps:
        parts = cells.filter(pas=finer).with_columns(pl.col("debut").alias("partie"))
        above = parts.with_columns(regle=pl.lit("temps"), pas=pl.lit(coarser), debut=pl.col("debut").dt.truncate(span))
        found.append(above.filter(pl.col("partie").n_unique().over("debut") == count))
    return found


def _by_modality(cells: pl.DataFrame) -> pl.DataFrame:
    """The whole = the modalities of each breakdown."""
    return cells.filter(pl.col("ventilation") != "").with_columns(
        regle=pl.col("ventilation"), ventilation=pl.lit(""), modalite=pl.lit("")
    )


def _matched(children: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    parents = cells.select(*CELL, pl.col("cellule").alias("parent"))
    return children.join(parents, on=CELL).select("regle", "parent", enfant=pl.col("cellule"))
