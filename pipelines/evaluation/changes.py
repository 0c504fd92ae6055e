"""How much a measure changed from one side of an action to the other, and the range that chance gives to it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from pipelines.evaluation.actions import STRUCTURE
from pipelines.evaluation.lineages import QUANTILES, Lineage
from pipelines.evaluation.lines import Line, Point
from pipelines.evaluation.sides import Sides
from pipelines.evaluation.tallies import Place, Tally, added
from pipelines.rounding import FINE_FROM
from pipelines.statistics.differences import difference, newcombe
from pipelines.statistics.quantiles import of_one_unit

SHARES = ("part", "repartition", "rapport_de_sommes")
_FINE, _COARSE = 1, 5
"""Bounds of a side smaller than this are rounded to 5 points (methods 7.6)."""
_FEW = 3
"""An opinion held, or not held, by fewer than this on a side is not told (methods 7.6)."""


@dataclass(frozen=True)
class Change:
    """Both sides and their difference, whole numbers in the unit of the measure; bounds None where there are none.

    `told`: false where its numbers would tell that all, or none, hold an opinion.
    """

    before: int
    after: int
    low: int | None
    high: int | None
    told: bool = True

    @property
    def difference(self) -> int:
        """After minus before, as they are shown."""
        return self.after - self.before

    @property
    def direction(self) -> int:
        """1 or −1 where the range as shown leaves 0 out, else 0."""
        if self.low is not None and self.low > 0:
            return 1
        return -1 if self.high is not None and self.high < 0 else 0


def change(sides: Sides, known: Mapping[Place, Tally], lineage: Lineage, level: str) -> Change:
    """The change between two sides that have points, by the method that suits the measure (methods 1.3, 2 and 6.2).

    Of one structure, what each side holds is added up: shares are told apart by Newcombe's range, medians by that of their
    order statistics. Elsewhere, or where a tally lacks, the mean of the shown values of each side.
    """
    before, after = added(sides.before, known), added(sides.after, known)
    if level == STRUCTURE and before and after:
        if lineage.kind == QUANTILES:
            return _of_medians(before, after)
        if lineage.kind in SHARES and before.count <= before.size and after.count <= after.size:
            return _of_shares(before, after, opinion=lineage.opinion)
    return _of_means(sides)


def _of_shares(before: Tally, after: Tally, *, opinion: bool) -> Change:
    low, high = newcombe(after.count, after.size, before.count, before.size)
    by = _FINE if min(before.size, after.size) >= FINE_FROM else _COARSE
    unanimous = opinion and any(min(side.count, side.size - side.count) < _FEW for side in (before, after))
    return _outward(
        _percent(before, opinion=opinion),
        _percent(after, opinion=opinion),
        100 * low,
        100 * high,
        by,
        told=not unanimous,
    )


def _of_medians(before: Tally, after: Tally) -> Change:
    was, became = (of_one_unit(*side.cumulated, 0.5) for side in (before, after))
    low, high = difference(became.value, (became.low, became.high), was.value, (was.low, was.high))
    return _outward(was.value, became.value, low, high)


def _of_means(sides: Sides) -> Change:
    """Each side's mean and the mean of its bounds: periods are taken to err together, so that no range is too narrow."""
    was, became = _mean(sides.before, "value"), _mean(sides.after, "value")
    assert was is not None
    assert became is not None
    low, high = difference(became, _bounds(sides.after), was, _bounds(sides.before))
    return _outward(_nearest(was), _nearest(became), low, high)


def _bounds(line: Line) -> tuple[float | None, float | None]:
    return _mean(line, "low"), _mean(line, "high")


def _mean(line: Sequence[Point], name: str) -> float | None:
    """The mean of what points with a value have under a name; None if one has it not."""
    numbers = [getattr(point, name) for point in line if point.value is not None]
    return None if None in numbers else fmean(numbers)


def _outward(
    before: int, after: int, low: float | None, high: float | None, by: int = _FINE, *, told: bool = True
) -> Change:
    """The change with its bounds rounded outward to multiples of `by`, and holding the difference as shown."""
    shown = after - before
    return Change(
        before,
        after,
        None if low is None else min(shown, math.floor(round(low, 9) / by) * by),
        None if high is None else max(shown, math.ceil(round(high, 9) / by) * by),
        told,
    )


def _percent(side: Tally, *, opinion: bool) -> int:
    percent = _nearest(100 * side.count / side.size)
    return min(max(percent, 1), 99) if opinion else percent


def _nearest(value: float) -> int:
    """The nearest whole number, halves upward."""
    return math.floor(value + 0.5)
