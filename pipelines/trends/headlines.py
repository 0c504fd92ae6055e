"""The points of lines: one headline for each period of a measure, a unit and a step."""

from __future__ import annotations

import polars as pl

from pipelines.lines import headline_category
from pipelines.rounding import SHOWN
from pipelines.trends.lineage import members_of_lines

LINE = ["serie", "niveau", "unite_id", "pas"]
AGGREGATIONS = {"structure": 0, "moyenne_structures": 1, "part_accueils": 2}
"""The first that says anything on a line holds for all of it: a line never goes from one way of counting to another."""


def headline_points(
    values: pl.DataFrame, measures: pl.DataFrame, categories: pl.DataFrame, periods: pl.DataFrame
) -> pl.DataFrame:
    """One row for each point of each line that has at least two, in order of line and period.

    Takes quality.valeurs, reference.mesures, reference.categories, reference.periodes. Columns: serie (the last measure
    with a point), niveau, unite_id, pas, debut, rang_periode (among the periods of the step), mesure_id, categorie,
    agregation, valeur, assise.
    """
    told = _told(values).join(_telling_categories(measures, categories), on=["mesure_id", "categorie"])
    members = told.join(members_of_lines(measures), on="mesure_id", maintain_order="left")
    points = _one_aggregation(members).filter(pl.col("valeur").is_not_null())
    return (
        _only_the_last(points)
        .sort(*LINE, "debut", "rang")
        .unique([*LINE, "debut"], keep="first", maintain_order=True)
        .filter(pl.len().over(LINE) >= 2)
        .join(_ranked(periods), on=["pas", "debut"])
        .select(*LINE, "debut", "rang_periode", "mesure_id", "categorie", "agregation", "valeur", "assise")
        .sort(*LINE, "debut")
    )


def _told(values: pl.DataFrame) -> pl.DataFrame:
    """Shown cells that say something: a point, a range, or the reason why there is none."""
    says = pl.any_horizontal(pl.col("valeur", "basse", "haute", "raison").is_not_null())
    return values.filter(pl.col("etat").is_in(SHOWN) & says)


def _telling_categories(measures: pl.DataFrame, categories: pl.DataFrame) -> pl.DataFrame:
    """mesure_id, categorie of each headline; a distribution without a favourable side has none."""
    sided = categories.filter("favorable")["mesure_id"].unique().to_list()
    headed = (pl.col("genre") != "repartition") | pl.col("mesure_id").is_in(sided)
    return measures.filter(headed).select("mesure_id", categorie=headline_category())


def _one_aggregation(rows: pl.DataFrame) -> pl.DataFrame:
    rank = pl.col("agregation").replace_strict(AGGREGATIONS, return_dtype=pl.Int8)
    return rows.filter(rank == rank.min().over(LINE))


def _only_the_last(points: pl.DataFrame) -> pl.DataFrame:
    """Without the lines of a measure that has no point of its own, or that another one continues at the same unit."""
    own = points.filter(pl.col("rang") == 0).select(LINE).unique()
    of_later = points.filter(pl.col("rang") > 0).join(own, on=LINE, how="semi")
    continued = of_later.select(pl.col("mesure_id").alias("serie"), *LINE[1:]).unique()
    return points.join(own, on=LINE, how="semi").join(continued, on=LINE, how="anti")


def _ranked(periods: pl.DataFrame) -> pl.DataFrame:
    return periods.select("pas", "debut", rang_periode=pl.col("debut").rank("dense").over("pas").cast(pl.Int32))
