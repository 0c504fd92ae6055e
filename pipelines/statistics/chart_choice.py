"""Which chart a series can bear: from a bare line to limits."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from pipelines.statistics.chart import Floats
from pipelines.statistics.phases import SMALLEST

LINE, MEDIAN, XMR, P_PRIME = "ligne", "mediane", "xmr", "p_prime"

ENOUGH_FOR_RUNS = 10
ENOUGH_FOR_LIMITS = 13
UNEVEN = 0.25
"""Denominators further than this from their mean vary."""


def choose_chart(phases: Sequence[Floats], sizes: Floats | None = None, extremes: Collection[float] = ()) -> str:
    """The chart of a series: 'ligne' below 10 points, 'mediane' below 13 or with many ties, else 'xmr' or 'p_prime'.

    `phases`: the values of each phase, nan for a gap. `sizes`: denominators of the points where they are shares of
    receptions, nan where unknown; 'p_prime' where all are known and they vary by more than 25 % around their mean.
    `extremes`: values where a scale ends. Methods 5.1.
    """
    points = sum(int((~np.isnan(each)).sum()) for each in phases)
    if points < ENOUGH_FOR_RUNS:
        return LINE
    if points < ENOUGH_FOR_LIMITS or any(has_many_ties(each, extremes) for each in phases):
        return MEDIAN
    return P_PRIME if sizes is not None and _vary(sizes) else XMR


def has_many_ties(values: Floats, extremes: Collection[float] = ()) -> bool:
    """Whether moving ranges say too little: more than half of the steps from one point to the next are 0 or span a gap,
    or a quarter of the points are at an end of the scale. A phase of fewer than eight points, which has no limits: no.
    """
    points = values[~np.isnan(values)]
    if points.size < SMALLEST:
        return False
    useful_steps = int((np.abs(np.diff(values)) > 0).sum())
    at_an_end = sum(int((points == each).sum()) for each in extremes)
    return 2 * useful_steps < points.size - 1 or 4 * at_an_end >= points.size


def _vary(sizes: Floats) -> bool:
    mean = sizes.mean()  # nan as soon as one is unknown, and then nothing varies
    return bool((np.abs(sizes - mean) > UNEVEN * mean).any())
