"""Quantiles of delays, read from a cumulative distribution: days in order, and for each the share that waited at most that.

The quantile is `inverted_cdf`: the smallest observed number of days that a share q of the receptions does not exceed. It
does not change when each reception is repeated (methods 2 and 8.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import stats

from pipelines.statistics.means import half_width_of_structures
from pipelines.statistics.proportions import LEVEL, wilson

_TIES = 1e-9
"""Shares are sums of quotients: what falls short of q by less than this is q."""


@dataclass(frozen=True)
class QuantileRange:
    """A quantile in days and its range; None where the sample is too small to bound it."""

    value: int
    low: int | None
    high: int | None


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


def quantile(days: Sequence[int], shares: Sequence[float], wanted: float) -> int | None:
    """The smallest of `days` whose cumulative share reaches `wanted`; None if none does."""
    return next((day for day, share in zip(days, shares, strict=True) if share >= wanted - _TIES), None)


def of_one_unit(days: Sequence[int], cumulated: Sequence[int], wanted: float) -> QuantileRange:
    """The quantile of one structure's delays with its order-statistic range (methods 2).

    `cumulated`: receptions that waited at most each of `days`; its last is the number of receptions.
    """
    size = cumulated[-1]
    shares = [count / size for count in cumulated]
    low, high = order_statistic_ranks(size, wanted)
    return QuantileRange(
        value=quantile(days, shares, wanted) or 0,
        low=_observation(days, cumulated, low),
        high=_observation(days, cumulated, high),
    )


def of_all_receptions(
    days: Sequence[int], shares: Sequence[float], effective_sizes: Sequence[float], wanted: float
) -> QuantileRange:
    """The quantile of a network's receptions, each counting the same.

    Range: Woodruff (JASA 1952;47:635) with Wilson bounds at the effective size of the share at the quantile.
    """
    value = quantile(days, shares, wanted) or 0
    size = effective_sizes[list(days).index(value)]
    return _woodruff(days, shares, value, wilson(wanted * size, size))


def of_structures(
    days: Sequence[int], means: Sequence[float], deviations: Sequence[float], structures: int, wanted: float
) -> QuantileRange:
    """The quantile of a network's delays, each structure counting the same (each reception weighs 1/n of its structure).

    Range: Woodruff (JASA 1952;47:635) with the between-structure variance of the share at the quantile (methods 1.4).
    """
    value = quantile(days, means, wanted) or 0
    half = float(half_width_of_structures(deviations[list(days).index(value)], structures))
    return _woodruff(days, means, value, (wanted - half, wanted + half))


def _woodruff(days: Sequence[int], shares: Sequence[float], value: int, bounds: tuple[float, float]) -> QuantileRange:
    low, high = bounds
    upper = quantile(days, shares, high) if high < 1 else None
    return QuantileRange(value, quantile(days, shares, low), upper)


def _observation(days: Sequence[int], cumulated: Sequence[int], rank: int | None) -> int | None:
    """The rank-th smallest delay."""
    if rank is None:
        return None
    return next(day for day, count in zip(days, cumulated, strict=True) if count >= rank)
