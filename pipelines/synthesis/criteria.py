"""A criterion through its measures: the one that leads, the weakest, and where the worst of them stands (quality.criteres)."""

from __future__ import annotations

import polars as pl

from pipelines.lines import lineages
from pipelines.synthesis.headlines import PLACE, headlines, one_aggregation

CRITERES = {
    "critere": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date,
    "mesure_id": pl.String, "point_faible": pl.String, "statut": pl.String,
}  # fmt: skip
"""Columns of quality.criteres."""
STEPS = ("mois", "trimestre", "annee")
"""From the finest."""
TOO_EARLY = "trop_tot"

_OF_MEASURES = ["mesure_id", "genre", "critere", "version", "ordre", "sens", "unite"]
_UNIT = ["niveau", "unite_id"]
_CRITERION = ["critere", *PLACE]


def criteria(values: pl.DataFrame, measures: pl.DataFrame, series: pl.DataFrame) -> pl.DataFrame:
    """What leads, what is weakest and what calls for a look: CRITERES, one row a criterion, unit and period with a figure.

    Among the measures of one version, the newest that has a figure there. `mesure_id`: the first of the grid that has one.
    `point_faible`: the lowest favourable share (methods 3), where two at least can be compared. `statut`: that of the worst
    of the criterion's lines in the unit as they stand *today* (the minimum rule), whatever the period of the row. Nothing is
    pooled.

    `values`, `measures`, `series`: quality.valeurs, reference.mesures, quality.series.
    """
    figures = one_aggregation(headlines(values, measures.select(_OF_MEASURES)), ["mesure_id", *PLACE])
    # A version is named after the year in which it begins.
    newest = figures.filter(pl.col("version") == pl.col("version").max().over(_CRITERION)).sort("ordre")
    leads = newest.group_by(_CRITERION, maintain_order=True).agg(pl.first("mesure_id", "version"))
    rows = (
        leads.join(_weakest(newest), on=_CRITERION, how="left")
        .join(_standings(measures, series), on=["critere", "version", *_UNIT], how="left")
        .with_columns(pl.col("statut").fill_null(TOO_EARLY))
    )
    return rows.select(*CRITERES).sort(_CRITERION)


def _weakest(figures: pl.DataFrame) -> pl.DataFrame:
    """_CRITERION, point_faible; `figures` in the order of the grid, which decides between equals."""
    fall = pl.col("sens") == "moins"
    return (
        figures.filter(pl.col("sens").is_in(["plus", "moins"]), unite="%")
        .with_columns(favorable=pl.when(fall).then(100 - pl.col("valeur")).otherwise("valeur"))
        .filter(pl.len().over(_CRITERION) >= 2)
        .sort("favorable", maintain_order=True)
        .group_by(_CRITERION, maintain_order=True)
        .agg(point_faible=pl.first("mesure_id"))
    )


def _standings(measures: pl.DataFrame, series: pl.DataFrame) -> pl.DataFrame:
    """critere, version, niveau, unite_id, statut: that of the worst line."""
    followed = [(line, measure) for line, lineage in lineages(measures).items() for measure in lineage]
    lines = _telling_lines(series).join(
        pl.DataFrame(followed, schema={"ligne": pl.String, "mesure_id": pl.String}, orient="row"),
        left_on="mesure_id",
        right_on="ligne",
    )
    of_criteria = measures.select("mesure_id", "critere", "version").join(
        lines, left_on="mesure_id", right_on="mesure_id_right"
    )
    return of_criteria.group_by("critere", "version", *_UNIT).agg(statut=_worst())


def _telling_lines(series: pl.DataFrame) -> pl.DataFrame:
    """One line a measure and unit: the finest that can already tell something, else the finest."""
    step = pl.col("pas").replace_strict({name: rank for rank, name in enumerate(STEPS)}, return_dtype=pl.Int8)
    return (
        series.select("mesure_id", *_UNIT, "pas", "variation", "assurance")
        .sort(pl.col("variation") == TOO_EARLY, step)
        .unique(["mesure_id", *_UNIT], keep="first", maintain_order=True)
    )


def _worst() -> pl.Expr:
    """The status of a criterion from the variation and the assurance of its lines."""
    variation = pl.col("variation")
    to_look_at = (variation == "deterioration") | (pl.col("assurance") == "non_atteinte").fill_null(False)
    return (
        pl.when(to_look_at.any())
        .then(pl.lit("a_regarder"))
        .when((variation == "amelioration").any())
        .then(pl.lit("en_progres"))
        .when((variation != TOO_EARLY).any())
        .then(pl.lit("stable"))
        .otherwise(pl.lit(TOO_EARLY))
    )
