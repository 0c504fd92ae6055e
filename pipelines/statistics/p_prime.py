"""Charts of shares whose denominators change: p, and p′ which lets a share vary by more than chance alone."""

from __future__ import annotations

import numpy as np

from pipelines.statistics.chart import Chart, Floats, Points, floats
from pipelines.statistics.moving_range import mean_moving_range
from pipelines.statistics.signal_rules import outside_only

RANGE_TO_DEVIATION = 1.128
"""d2: the mean range of two values is so many standard deviations."""


def p_chart(shares: Points, sizes: Points) -> Chart:
    """Limits p̄ ± 3 √(p̄(1 − p̄) / n) for each period; the one rule is « outside ».

    `shares` in [0, 1] and `sizes` > 0 in the order of time, None or nan for a gap. Limits are clipped to [0, 1], which no
    share passes. Shewhart, 1931; methods 5.3.
    """
    values, centre, deviations = _shares(shares, sizes)
    return _drawn(values, centre, deviations)


def p_prime(shares: Points, sizes: Points, *, screened: bool = True) -> Chart:
    """The p chart with deviations widened by σz, the spread of z-scores from one period to the next; never narrowed.

    σz = mean moving range of z / 1.128, at least 1. What `sizes` say too small or too large by one factor, σz corrects as
    long as it exceeds 1. Laney, Quality Engineering 2002;14:531; methods 5.3.
    """
    values, centre, deviations = _shares(shares, sizes)
    return _drawn(values, centre, deviations * _widening(values, centre, deviations, screened))


def _shares(shares: Points, sizes: Points) -> tuple[Floats, float, Floats]:
    values, weights = floats(shares), floats(sizes)
    known = ~np.isnan(values)
    centre = float((values * weights)[known].sum() / weights[known].sum())
    return values, centre, np.sqrt(centre * (1 - centre) / weights)


def _widening(values: Floats, centre: float, deviations: Floats, screened: bool) -> float:
    if centre in (0, 1):
        return 1.0
    spread = mean_moving_range((values - centre) / deviations, screened=screened) / RANGE_TO_DEVIATION
    return max(1.0, spread) if not np.isnan(spread) else 1.0


def _drawn(values: Floats, centre: float, deviations: Floats) -> Chart:
    low, high = np.clip(centre - 3 * deviations, 0, 1), np.clip(centre + 3 * deviations, 0, 1)
    return Chart(centre, low, high, outside_only(values, low, high))
