"""Ranges of a share: Wilson for one binomial, Student's t for a mean of structures."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

LEVEL = 0.95


def wilson(count: float, size: float) -> tuple[float, float]:
    """The Wilson interval at 95 % of `count` out of `size` (> 0), both possibly effective sizes; in [0, 1].

    Wilson 1927; Newcombe, Statistics in Medicine 1998;17:857; methods 1.1.
    """
    low, high = proportion_confint(count, size, alpha=1 - LEVEL, method="wilson")
    return (0.0 if count == 0 else max(0.0, float(low))), (1.0 if count == size else min(1.0, float(high)))


def mean_of_structures(mean: float, deviation: float, structures: int) -> tuple[float, float]:
    """m ± t(S−1) · sd/√S at 95 %, clipped to [0, 1]; `structures` ≥ 2. Methods 1.4."""
    half = float(stats.t.ppf((1 + LEVEL) / 2, structures - 1)) * deviation / math.sqrt(structures)
    return max(0.0, mean - half), min(1.0, mean + half)


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
