"""The XmR chart: single values, with limits worked out from their moving ranges."""

from __future__ import annotations

from statistics import fmean

import numpy as np

from pipelines.statistics.chart import Chart, Points, floats
from pipelines.statistics.moving_range import mean_moving_range
from pipelines.statistics.signal_rules import labels

WIDTH = 2.66
"""Mean moving ranges from the centre to a limit: 3 / d2, with d2 = 1.128 for a range of two."""


def xmr(points: Points, *, fixed_first: int | None = None, screened: bool = True) -> Chart:
    """The chart of one series: centre = mean, limits = mean ± 2.66 mean moving ranges, labels of all the rules.

    `points`: in the order of time, None or nan for a gap. `fixed_first`: centre and limits are worked out from so many
    first places of the series (gaps count as places), and hold for all; by default from all. `screened`: see
    `mean_moving_range`. It uses values alone, never how many receptions are behind them. Raises ValueError without a
    point to work from. Wheeler, Understanding Variation, 1993; methods 5.2.
    """
    values = floats(points)
    base = floats(values[:fixed_first])
    centre = fmean(base[~np.isnan(base)])
    half = WIDTH * mean_moving_range(base, screened=screened)
    low, high = np.full(values.size, centre - half), np.full(values.size, centre + half)
    return Chart(centre, low, high, labels(values, centre, low, high))
