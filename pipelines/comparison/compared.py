"""Which structures are compared, on what, and within which perimeter: only what is shown, and with a point."""

from __future__ import annotations

import polars as pl

from pipelines.rounding import SHOWN

REGION = "region"
PERIMETER = ["mesure_id", "perimetre", "pas", "debut"]
"""A measure in a period, and the structures that the grid lets be compared on it."""
FEWEST_STRUCTURES = 8
"""With fewer in a perimeter nothing is compared: each would recognise the others."""
STEPS = ("trimestre", "annee")
_HEADLINES = {"part": "", "rapport_de_sommes": "", "repartition": "favorable"}
_CELL = ["mesure_id", "unite_id", "pas", "debut", "categorie"]


def compared_structures(
    counts: pl.DataFrame, values: pl.DataFrame, measures: pl.DataFrame, units: pl.DataFrame, periods: pl.DataFrame
) -> pl.DataFrame:
    """Structures that are compared [PERIMETER × structure_id], with opinion, y, n, valeur, assise.

    Arguments: see `compare`. Left out: facts of organisation, measures that the grid does not compare, ratios of which a
    count exceeds its size, and perimeters of fewer than FEWEST_STRUCTURES.
    """
    shown = (
        values.filter(pl.col("niveau") == "structure", pl.col("pas").is_in(STEPS), pl.col("valeur").is_not_null())
        .filter(pl.col("etat").is_in(SHOWN))
        .join(periods, on=["pas", "debut"], how="semi")
        .join(_comparable(measures), on=["mesure_id", "categorie"])
        .join(_sizes(counts), on=_CELL)
        .join(_networks(units), on="unite_id")
    )
    within = pl.when(pl.col("comparaison") == "tous").then(pl.lit(REGION)).otherwise("reseau")
    return (
        shown.filter((pl.col("y") <= pl.col("n")).all().over("mesure_id"))
        .select(
            "mesure_id", within.alias("perimetre"), "pas", "debut", structure_id="unite_id",
            opinion="opinion", y="y", n="n", valeur="valeur", assise="assise",
        )
        .filter(pl.len().over(PERIMETER) >= FEWEST_STRUCTURES)
        .sort(*PERIMETER, "structure_id")
    )  # fmt: skip


def _comparable(measures: pl.DataFrame) -> pl.DataFrame:
    """mesure_id, comparaison, opinion, and the category that is compared."""
    kept = measures.filter(
        pl.col("comparaison") != "aucune", ~pl.col("fait_d_organisation"), pl.col("genre").is_in(list(_HEADLINES))
    )
    return kept.select("mesure_id", "comparaison", "opinion", categorie=pl.col("genre").replace_strict(_HEADLINES))


def _sizes(counts: pl.DataFrame) -> pl.DataFrame:
    return counts.filter(pl.col("niveau") == "structure", pl.col("groupe") == "").select(*_CELL, "y", "n")


def _networks(units: pl.DataFrame) -> pl.DataFrame:
    return units.filter(pl.col("niveau") == "structure").select("unite_id", "reseau")
