"""The rules that tell a signal from what a series does by itself, as « Making Data Count » (NHS England) states them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipelines.statistics.chart import Floats

OUTSIDE, TREND, TWO_OF_THREE, SHIFT = "hors_limites", "tendance", "deux_sur_trois", "decalage"
"""Labels, in order of priority."""

LONG = 7
"""Points in a row that make a shift, or a trend."""

_TIES = 1e-9
"""Means and limits are quotients: what passes a line by less than this lies on it."""

Flags = NDArray[np.bool_]


def labels(values: Floats, centre: float, low: Floats, high: Floats) -> tuple[str, ...]:
    """The label of each point, '' where no rule speaks; a gap (nan) has none, and every rule starts again after it.

    Outside: strictly beyond a limit. Trend: seven points that strictly rise or strictly fall. Two of three: among three in a
    row on one side of the centre, two strictly beyond two thirds of the limit and not outside, which alone are marked.
    Shift: seven in a row strictly on one side. Where several speak, the first of these. Methods 5.2, 2 to 7.
    """
    above, below = values > centre + _TIES, values < centre - _TIES
    outside = beyond(values, low, high)
    near_high = (values > centre + (high - centre) * 2 / 3 + _TIES) & ~outside
    near_low = (values < centre - (centre - low) * 2 / 3 - _TIES) & ~outside
    marks = np.full(values.size, "", dtype=object)
    # The last to mark a point is the one that is read.
    marks[_shift(above) | _shift(below)] = SHIFT
    marks[_two_of_three(near_high, above) | _two_of_three(near_low, below)] = TWO_OF_THREE
    marks[_trend(values)] = TREND
    marks[outside] = OUTSIDE
    return tuple(marks.tolist())


def outside_only(values: Floats, low: Floats, high: Floats) -> tuple[str, ...]:
    """The label of each point where the only rule is « outside »."""
    return tuple(np.where(beyond(values, low, high), OUTSIDE, "").tolist())


def beyond(values: Floats, low: Floats, high: Floats) -> Flags:
    """Which points are strictly beyond a limit."""
    return np.asarray((values > high + _TIES) | (values < low - _TIES))


def _trend(values: Floats) -> Flags:
    steps = np.diff(values)
    met = (_counts(steps > 0, LONG - 1) == LONG - 1) | (_counts(steps < 0, LONG - 1) == LONG - 1)
    return _members(met, LONG, values.size)


def _two_of_three(near: Flags, side: Flags) -> Flags:
    met = (_counts(side, 3) == 3) & (_counts(near, 3) >= 2)
    return near & _members(met, 3, near.size)


def _shift(side: Flags) -> Flags:
    return _members(_counts(side, LONG) == LONG, LONG, side.size)


def _counts(flags: Flags, length: int) -> NDArray[np.int64]:
    """How many flags each window of `length` in a row holds; no window where there are fewer."""
    if flags.size < length:
        return np.zeros(0, np.int64)
    return np.correlate(flags.astype(np.int64), np.ones(length, np.int64), "valid")


def _members(met: Flags, length: int, size: int) -> Flags:
    """Which of `size` points belong to a window of `length` points that is met."""
    if not met.any():
        return np.zeros(size, np.bool_)
    return np.correlate(met.astype(np.int64), np.ones(length, np.int64), "full") > 0
