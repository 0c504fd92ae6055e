"""The figure that stands for a measure: its headline category, where it is shown with a point."""

from __future__ import annotations

import polars as pl

from pipelines.lines import headline_category
from pipelines.rounding import SHOWN

MEAN, POOLED = "moyenne_structures", "part_accueils"
"""Aggregations of a network and of the region: each structure counts the same; each record counts the same."""
PLACE = ["niveau", "unite_id", "pas", "debut"]
"""A unit in a period."""


def headlines(values: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """The headlines shown with a point, one row a measure, unit, period and aggregation: the columns of both frames.

    `values`: quality.valeurs. `measures`: mesure_id, genre, and what else of reference.mesures the caller wants beside.
    """
    return (
        measures.with_columns(categorie=headline_category())
        .join(values, on=["mesure_id", "categorie"])
        .filter(pl.col("etat").is_in(SHOWN), pl.col("valeur").is_not_null())
    )


def one_aggregation(rows: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """One row for each `key`: the mean of structures where there is one, else the share of records."""
    return rows.sort(pl.col("agregation") == POOLED, maintain_order=True).unique(key, keep="first", maintain_order=True)
