"""The range of a difference between two independent estimates: of two shares, or of any two that have their own ranges."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from statsmodels.stats.proportion import confint_proportions_2indep

from pipelines.statistics.proportions import LEVEL

Bounds = tuple[float | None, float | None]
"""A lower and an upper bound; None where the sample cannot give it."""


def newcombe(count: Any, size: Any, other_count: Any, other_size: Any) -> tuple[Any, Any]:
    """The range at 95 % of `count` / `size` − `other_count` / `other_size`, of different persons; in [−1, 1], sizes > 0.

    Takes numbers, possibly effective sizes, or whole columns of them. Hybrid score, method 10 of Newcombe, Statistics in
    Medicine 1998;17:873; methods 1.3.
    """
    low, high = confint_proportions_2indep(
        count, size, other_count, other_size, method="newcomb", compare="diff", alpha=1 - LEVEL
    )
    return np.clip(low, -1, 1), np.clip(high, -1, 1)


def difference(first: float, first_bounds: Bounds, second: float, second_bounds: Bounds) -> Bounds:
    """The range of `first` − `second`, two independent estimates in one unit, from the range of each (MOVER).

    lower = d − √((m₁ − l₁)² + (u₂ − m₂)²), upper = d + √((u₁ − m₁)² + (m₂ − l₂)²). Of two medians as of two shares, where it
    is Newcombe's. Donner & Zou, Statistical Methods in Medical Research 2012;21:347. A bound that needs one that a side does
    not have is None.
    """
    (first_low, first_high), (second_low, second_high) = first_bounds, second_bounds
    gap = first - second
    low = high = None
    if first_low is not None and second_high is not None:
        low = gap - math.hypot(first - first_low, second_high - second)
    if first_high is not None and second_low is not None:
        high = gap + math.hypot(first_high - first, second - second_low)
    return low, high
