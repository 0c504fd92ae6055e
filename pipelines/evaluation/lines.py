"""The line of a unit: one point for each closed period of a step, with a value where the release shows one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from pipelines.evaluation.lineages import Lineage
from pipelines.rounding import LEAST_IN_BAND, SHOWN

_NOTHING_EXPECTED = "sans_objet"
_TOO_FEW_ANSWERS = "trop_de_non_reponses"
_MEAN = "moyenne_structures"


@dataclass(frozen=True)
class Point:
    """A period of a line. `value`, `low`, `high`: as shown, None where they are not.

    `expected`: false where the unit was closed; `counted`: its receptions may be added up with those of others;
    `at_least`: the lower bound of the band of its base, 0 without one.
    """

    start: date
    measure_id: str | None = None
    value: int | None = None
    low: int | None = None
    high: int | None = None
    expected: bool = True
    counted: bool = False
    at_least: int = 0


Line = tuple[Point, ...]
"""The points of a unit by one step, in the order of time."""


def lines(values: pl.DataFrame, lineage: Lineage, level: str, step: str, starts: Sequence[date]) -> Mapping[str, Line]:
    """The line of each unit of a level that has at least a row, one point for each of `starts`.

    `values`: quality.valeurs. Above structures a whole line has one aggregation: the mean of structures where the release
    shows a value of it, else every reception alike. A period measured under two versions has the later.
    """
    rows = values.filter(
        pl.col("mesure_id").is_in(lineage.measures),
        pl.col("categorie") == lineage.category,
        pl.col("niveau") == level,
        pl.col("pas") == step,
    )
    rank = {measure_id: rank for rank, measure_id in enumerate(lineage.measures)}
    oldest_first = sorted(_of_one_aggregation(rows).iter_rows(named=True), key=lambda row: rank[row["mesure_id"]])
    points: dict[str, dict[date, Point]] = {}
    for row in oldest_first:
        points.setdefault(row["unite_id"], {})[row["debut"]] = _point(row)
    return {unit: tuple(found.get(start, Point(start)) for start in starts) for unit, found in points.items()}


def values_of(line: Line) -> list[int | None]:
    """The values of a line, None for each gap."""
    return [point.value for point in line]


def _of_one_aggregation(rows: pl.DataFrame) -> pl.DataFrame:
    mean = pl.col("agregation") == _MEAN
    shown_mean = (mean & pl.col("etat").is_in(SHOWN) & pl.col("valeur").is_not_null()).any().over("unite_id")
    apart = pl.col("agregation") == "structure"
    return rows.filter(apart | (mean == shown_mean))


def _point(row: Mapping[str, Any]) -> Point:
    shown = row["etat"] in SHOWN
    return Point(
        start=row["debut"],
        measure_id=row["mesure_id"],
        value=row["valeur"],
        low=row["basse"],
        high=row["haute"],
        expected=row["etat"] != _NOTHING_EXPECTED,
        counted=shown and row["raison"] != _TOO_FEW_ANSWERS,
        at_least=LEAST_IN_BAND.get(row["assise"], 0),
    )
