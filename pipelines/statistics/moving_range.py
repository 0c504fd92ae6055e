"""The mean moving range: how much a series changes from one period to the next."""

from __future__ import annotations

import math
from statistics import fmean

import numpy as np

from pipelines.statistics.chart import Floats

SCREEN = 3.267
"""D4 of a range of two: what is at least so many times the mean range is no routine change."""


def mean_moving_range(values: Floats, *, screened: bool = True) -> float:
    """The mean of |change| between neighbouring periods, nan where no two neighbours have a point.

    `screened`: ranges of at least 3.267 times their mean are dropped, once. Where that drops them all, nothing changes: 0.
    Nelson, Journal of Quality Technology 1982;14:172; methods 5.2.
    """
    ranges = np.abs(np.diff(values))
    ranges = ranges[~np.isnan(ranges)]
    if not ranges.size:
        return math.nan
    kept = ranges[ranges < SCREEN * fmean(ranges)] if screened else ranges
    return fmean(kept) if kept.size else 0.0
