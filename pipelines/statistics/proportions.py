"""The range of a share at 95 %: Wilson's, Jeffreys's, and the sizes that stand for a sample that is not a simple one.

Each takes numbers or whole columns of them, and gives back the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

LEVEL = 0.95
"""The level of every range of the product."""
Z = float(stats.norm.ppf((1 + LEVEL) / 2))


def wilson(count: Any, size: Any) -> tuple[Any, Any]:
    """The Wilson interval at 95 % of `count` out of `size` (> 0), both possibly effective sizes; in [0, 1].

    Wilson 1927; Newcombe, Statistics in Medicine 1998;17:857; methods 1.1.
    """
    return _touching_the_ends(count, size, proportion_confint(count, size, alpha=1 - LEVEL, method="wilson"))


def jeffreys(count: Any, size: Any) -> tuple[Any, Any]:
    """The Jeffreys interval at 95 % of `count` out of `size` (> 0): Beta(count + ½, size − count + ½); in [0, 1].

    It goes down to 0 where nobody is counted and up to 1 where everybody is, as those shares are themselves plausible.
    Brown, Cai & DasGupta, Statistical Science 2001;16:101; methods 1.1.
    """
    return _touching_the_ends(count, size, proportion_confint(count, size, alpha=1 - LEVEL, method="jeffreys"))


def effective_size(size: Any, design_effect: Any) -> Any:
    """How many independent records tell as much as `size` records that resemble each other. Methods 1.2."""
    return size / design_effect


def design_effect(mean_cluster_size: Any, correlation: Any) -> Any:
    """1 + (m̄ − 1) · ICC: by how much records that come in clusters widen a variance (Kish 1965; methods 1.2).

    `correlation`: the intraclass correlation, of two records of one cluster, in [0, 1].
    """
    return 1 + (mean_cluster_size - 1) * correlation


def size_within_population(size: Any, population: Any) -> Any:
    """n (N − 1) / (N − n): the size that stands for `size` answers among `population` persons; `size` < `population`.

    Only to tell the share *among these persons* from an incomplete survey, never to judge a practice. Where all have
    answered there is no chance left, and no range. Raises ValueError then. Cochran, Sampling Techniques, 1977, 2.6;
    methods 1.2.
    """
    if np.any(np.asarray(size) >= np.asarray(population)):
        raise ValueError("All have answered: the share among them is known, without a range.")
    return size * (population - 1) / (population - size)


def _touching_the_ends(count: Any, size: Any, bounds: tuple[Any, Any]) -> tuple[Any, Any]:
    """`bounds` in [0, 1], exactly 0 of a share of 0 and exactly 1 of a share of 1."""
    low, high = bounds
    return np.where(count == 0, 0.0, np.clip(low, 0, 1))[()], np.where(count == size, 1.0, np.clip(high, 0, 1))[()]
