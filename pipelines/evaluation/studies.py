"""Where to look at an action: the series and the step that have enough points on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.evaluation.actions import Action
from pipelines.evaluation.lineages import Lineage
from pipelines.evaluation.lines import Line, Point, lines
from pipelines.evaluation.sides import Sides, sides
from pipelines.statistics.windows import Windows, windows

Periods = Mapping[str, Sequence[tuple[date, date]]]
"""Step → the first and last day of each of its closed periods, in order."""


@dataclass(frozen=True)
class Study:
    """A series read by one step, its two windows, and the sides of the unit that acted."""

    lineage: Lineage
    step: str
    starts: tuple[date, ...]
    windows: Windows
    sides: Sides

    @property
    def measure_id(self) -> str:
        """The last version that has a value on a side; the last of all where none has."""
        with_value = {each.measure_id for each in (*self.sides.before, *self.sides.after) if each.value is not None}
        return next((each for each in reversed(self.lineage.measures) if each in with_value), self.lineage.measures[-1])


def closed_periods(periods: pl.DataFrame) -> Periods:
    """The closed periods of each step, from reference.periodes."""
    found: dict[str, list[tuple[date, date]]] = {}
    for step, first, last in periods.sort("debut").select("pas", "debut", "fin").iter_rows():
        found.setdefault(step, []).append((first, last))
    return found


def study(action: Action, known: Iterable[Lineage], values: pl.DataFrame, periods: Periods) -> Study | None:
    """The most recent series and its finest step that allow to conclude, else those that have most points.

    None if no series bears the measure's name.
    """
    own = values.filter(pl.col("niveau") == action.level, pl.col("unite_id") == action.unit)
    possible = [
        _study(action, lineage, step, own, periods.get(step, ()))
        for lineage in known
        if action.measure in lineage.names
        for step in lineage.steps
    ]
    conclusive = (each for each in possible if each.sides.long_enough and each.sides.visible_enough)
    return next(conclusive, max(possible, key=lambda each: each.sides.points, default=None))


def _study(
    action: Action, lineage: Lineage, step: str, own: pl.DataFrame, periods: Sequence[tuple[date, date]]
) -> Study:
    starts = tuple(first for first, _ in periods)
    seen = windows(periods, action.start, action.latency_months)
    line = lines(own, lineage, action.level, step, starts).get(action.unit, _empty(starts))
    return Study(lineage, step, starts, seen, sides(line, seen))


def _empty(starts: Sequence[date]) -> Line:
    return tuple(Point(start) for start in starts)
