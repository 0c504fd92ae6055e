"""The Anhøj rules: whether a series stays too long on one side of its centre, or crosses it too seldom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from scipy import stats

from pipelines.statistics.chart import Points, floats

LONG_RUN, FEW_CROSSINGS = "suite_longue", "peu_de_croisements"


@dataclass(frozen=True)
class Runs:
    """What a line does around its centre. Useful points are those that do not lie on it; `above`: side of the last one."""

    useful: int
    longest: int
    crossings: int
    longest_expected: int
    fewest_expected: int
    above: bool | None

    @property
    def signal(self) -> str | None:
        """The rule that speaks, the longest run first; None where chance alone may do as much."""
        if self.longest > self.longest_expected:
            return LONG_RUN
        return FEW_CROSSINGS if self.crossings < self.fewest_expected else None


def runs(points: Points, centre: float) -> Runs:
    """The runs of a series around `centre` (its median, or the mean of a chart).

    `points`: in the order of time, None or nan for a gap, over which no run goes and no crossing is counted: crossings are
    judged on the pairs of useful points that no gap parts. Anhøj & Olesen, PLoS ONE 2014;9:e113825; Anhøj & Wentzel-Larsen
    2020;15:e0233920; methods 5.4.
    """
    stretches = _stretches(points, centre)
    useful = sum(map(len, stretches))
    return Runs(
        useful=useful,
        longest=max((len(list(run)) for sides in stretches for _, run in groupby(sides)), default=0),
        crossings=sum(one != two for sides in stretches for one, two in pairwise(sides)),
        longest_expected=longest_expected(useful),
        fewest_expected=fewest_expected(useful - len(stretches)),
        above=stretches[-1][-1] if stretches else None,
    )


def longest_expected(useful: int) -> int:
    """The longest run that chance makes of so many useful points: log2 n, rounded half to even, and 3; 0 points: 0."""
    return round(math.log2(useful)) + 3 if useful else 0


@cache
def fewest_expected(pairs: int) -> int:
    """The fewest crossings that chance makes of so many neighbouring pairs: the 5 % quantile of Bin(pairs, ½)."""
    return int(stats.binom.ppf(0.05, pairs, 0.5)) if pairs > 0 else 0


def _stretches(points: Points, centre: float) -> Sequence[Sequence[bool]]:
    """Between gaps, for each useful point whether it lies above; stretches without one are left out."""
    stretches: list[list[bool]] = [[]]
    for value in floats(points):
        if math.isnan(value):
            stretches.append([])
        elif not math.isclose(value, centre, rel_tol=0, abs_tol=1e-9):
            stretches[-1].append(bool(value > centre))
    return [sides for sides in stretches if sides]
