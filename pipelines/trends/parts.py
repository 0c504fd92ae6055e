"""The points of one line, and the phases that they fall into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from pipelines.statistics.chart import Floats
from pipelines.statistics.phases import phases


@dataclass(frozen=True)
class Points:
    """The points of a line in the order of time.

    `ranks`: of their periods, so that a jump is a gap. `sizes`: the lower bound of the band of each where they are shares
    of receptions, else None; nan where a band is not told.
    """

    dates: Sequence[date]
    ranks: Sequence[int]
    values: Sequence[int]
    sizes: Sequence[float] | None


@dataclass(frozen=True)
class Phase:
    """The periods from the first to the last point of a phase: `values` and `sizes`, nan in a gap.

    `places`: where its points are. `number`: 0, then one more at each new reference.
    """

    number: int
    places: Sequence[int]
    values: Floats
    sizes: Floats | None

    @property
    def size(self) -> int:
        """How many points it has."""
        return len(self.places)


def parts(points: Points, rebases: Sequence[date]) -> list[Phase]:
    """The phases of a line, at least one; see `pipelines.statistics.phases` for the rebases that hold."""
    numbered = groupby(enumerate(phases(points.dates, rebases)), key=lambda each: each[1])
    return [_phase(points, number, [rank for rank, _ in each]) for number, each in numbered]


def _phase(points: Points, number: int, members: Sequence[int]) -> Phase:
    first = points.ranks[members[0]]
    places = [points.ranks[each] - first for each in members]
    sizes = None if points.sizes is None else _laid_out(places, [points.sizes[each] for each in members])
    return Phase(number, places, _laid_out(places, [points.values[each] for each in members]), sizes)


def _laid_out(places: Sequence[int], numbers: Sequence[float]) -> Floats:
    laid = np.full(places[-1] + 1, np.nan)
    laid[places] = numbers
    return laid
