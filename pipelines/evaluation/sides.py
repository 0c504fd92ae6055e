"""The two sides of an action on a line, the step that reads it best, and whether there is enough to conclude."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.evaluation.lines import Line, Point
from pipelines.statistics.windows import Windows

FEWEST_BEFORE, FEWEST_AFTER = 10, 6
FEWEST_ANSWERS = 30
"""On each side."""
MOST_HIDDEN = 0.20
"""Of the periods of a side."""


@dataclass(frozen=True)
class Sides:
    """The points of each side, gaps included; the first of `before` has a value, unless none has."""

    before: Line
    after: Line

    @property
    def long_enough(self) -> bool:
        """Whether each side has as many points as its chart needs."""
        return shown(self.before) >= FEWEST_BEFORE and shown(self.after) >= FEWEST_AFTER

    @property
    def visible_enough(self) -> bool:
        """Whether at most a fifth of the periods of each side have no point."""
        return max(_hidden(self.before), _hidden(self.after)) <= MOST_HIDDEN

    @property
    def points(self) -> int:
        """How many points the two sides have together."""
        return shown(self.before) + shown(self.after)


def sides(line: Line, windows: Windows) -> Sides:
    """The points of a line before and after; what comes before its first value is no gap: nothing was published yet."""
    by_start = {point.start: point for point in line}
    before = _of(by_start, windows.before)
    first = next((rank for rank, point in enumerate(before) if point.value is not None), len(before))
    return Sides(before[first:], _of(by_start, windows.after))


def shown(points: Sequence[Point]) -> int:
    """How many points have a value."""
    return sum(point.value is not None for point in points)


def _of(by_start: dict[date, Point], starts: Iterable[date]) -> Line:
    return tuple(by_start[start] for start in starts)


def _hidden(points: Sequence[Point]) -> float:
    """The share of expected periods without a point; none expected hides nothing."""
    expected = [point for point in points if point.expected]
    return 1 - shown(expected) / len(expected) if expected else 0.0
