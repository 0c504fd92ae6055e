"""Ranges at 95 %: of a share, of a mean of structures, of a quantile's rank, of a difference, of a paired difference.

Those of shares and means take numbers or whole columns of them, and give back the same.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

LEVEL = 0.95
Z = float(stats.norm.ppf((1 + LEVEL) / 2))
Bounds = tuple[float | None, float | None]
"""A lower and an upper bound; None where the sample cannot give it."""


def wilson(count: Any, size: Any) -> tuple[Any, Any]:
    """The Wilson interval at 95 % of `count` out of `size` (> 0), both possibly effective sizes; in [0, 1].

    Wilson 1927; Newcombe, Statistics in Medicine 1998;17:857; methods 1.1.
    """
    low, high = proportion_confint(count, size, alpha=1 - LEVEL, method="wilson")
    return np.where(count == 0, 0.0, np.clip(low, 0, 1))[()], np.where(count == size, 1.0, np.clip(high, 0, 1))[()]


def mean_of_structures(mean: Any, deviation: Any, structures: Any) -> tuple[Any, Any]:
    """m ± t(S−1) · sd/√S at 95 %, clipped to [0, 1]; `structures` ≥ 2. Methods 1.4."""
    half = half_width_of_structures(deviation, structures)
    return np.clip(mean - half, 0, 1), np.clip(mean + half, 0, 1)


def half_width_of_structures(deviation: Any, structures: Any) -> Any:
    """t(S−1) · sd/√S at 95 %: half the range of a mean of `structures` (≥ 2). Methods 1.4."""
    return stats.t.ppf((1 + LEVEL) / 2, structures - 1) * deviation / np.sqrt(structures)


@cache
def order_statistic_ranks(size: int, quantile: float) -> tuple[int | None, int | None]:
    """Ranks (from 1) of the observations that bound a quantile at 95 %, None where no such rank exists.

    B ~ Bin(n, q): lower l = max{j: P(B ≤ j−1) ≤ 0.025}, upper u = min{j: P(B ≥ j) ≤ 0.025}. David & Nagaraja, Order
    Statistics, 2003, 7.1; methods 2.
    """
    tail = (1 - LEVEL) / 2
    ranks = np.arange(1, size + 1)
    low = ranks[stats.binom.cdf(ranks - 1, size, quantile) <= tail]
    high = ranks[stats.binom.sf(ranks - 1, size, quantile) <= tail]
    return (int(low[-1]) if low.size else None), (int(high[0]) if high.size else None)


def difference(first: float, first_bounds: Bounds, second: float, second_bounds: Bounds) -> Bounds:
    """The range of `first` − `second`, two independent estimates, from the range of each (MOVER).

    lower = d − √((m₁ − l₁)² + (u₂ − m₂)²), upper = d + √((u₁ − m₁)² + (m₂ − l₂)²). Donner & Zou, Statistical Methods in
    Medical Research 2012;21:347. A bound that needs one that a side does not have is None.
    """
    (first_low, first_high), (second_low, second_high) = first_bounds, second_bounds
    gap = first - second
    low = high = None
    if first_low is not None and second_high is not None:
        low = gap - math.hypot(first - first_low, second_high - second)
    if first_high is not None and second_low is not None:
        high = gap + math.hypot(first_high - first, second - second_low)
    return low, high


def paired_difference(gained: Any, lost: Any, size: Any) -> tuple[Any, Any]:
    """The range of (gained − lost) / size: how much a share moved among the same `size` persons; in [−1, 1].

    Adjusted Wald: with p̃ = (count + 1) / (n + 2) for those who gained and those who lost,
    p̃g − p̃l ± z · √((p̃g + p̃l − (p̃g − p̃l)²) / (n + 2)). Bonett & Price, Journal of Educational and Behavioral Statistics
    2012;37:479.
    """
    up, down = (gained + 1) / (size + 2), (lost + 1) / (size + 2)
    half = Z * np.sqrt((up + down - (up - down) ** 2) / (size + 2))
    return np.clip(up - down - half, -1, 1), np.clip(up - down + half, -1, 1)
