"""Two releases of the same cells, side by side."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from pipelines.command_line.analyses import Tables
from tests.analyses.figured import measures

AFTER = "_apres"
MEAN, POOLED = "moyenne_structures", "part_accueils"
PLACE = ["niveau", "unite_id", "pas", "debut"]
LINE = ["mesure_id", "niveau", "unite_id", "pas"]
FIGURE = ["mesure_id", *PLACE, "agregation", "categorie"]
_HEADLINES = {"repartition": "favorable", "quantiles": "p50"}


class Held(NamedTuple):
    """Rows of before and after side by side (the latter's columns named with AFTER), and what must be equal in them."""

    rows: pl.DataFrame
    columns: list[str]

    @property
    def moved(self) -> pl.DataFrame:
        """The rows where something is not."""
        differs = [pl.col(name).ne_missing(pl.col(name + AFTER)) for name in self.columns]
        return self.rows.filter(pl.any_horizontal(differs))


def joined(before: pl.DataFrame, after: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """The rows that both have under the same key."""
    return before.join(after, on=key, suffix=AFTER)


def figures(before: pl.DataFrame, after: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """The same, of tables that have exactly the same keys: the same cells are told of."""
    both = joined(before, after, key)
    assert both.height == before.height == after.height
    return both


def headlines(tables: Tables) -> pl.DataFrame:
    """The figures that stand for their measure and have a point, with its criterion and its kind."""
    told = measures().select("mesure_id", "critere", category=pl.col("genre").replace_strict(_HEADLINES, default=""))
    values = tables["quality.valeurs"].join(told, on="mesure_id")
    return values.filter(pl.col("categorie") == pl.col("category"), pl.col("valeur").is_not_null())


def one_aggregation(rows: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """One row for each key: the mean of structures where there is one."""
    return rows.sort("agregation").unique(key, keep="first", maintain_order=True)


def dates() -> pl.Expr:
    """The periods of a group, in one text."""
    return pl.col("debut").dt.to_string().sort().str.join(" ")
