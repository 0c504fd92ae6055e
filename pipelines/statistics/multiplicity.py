"""Many comparisons at once: how many false alarms chance alone gives, and which findings a list may hold.

Methods 4.4.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from statsmodels.stats.multitest import multipletests

FALSE_SHARE = 0.05
"""The share of a list that may be there by chance."""


def expected_false_alarms(comparisons: int, level: float) -> float:
    """How many of `comparisons` structures that do not differ chance puts beyond limits at `level` (0.95, 0.998)."""
    return comparisons * (1 - level)


def listed(p_values: ArrayLike, false_share: float = FALSE_SHARE) -> NDArray[np.bool_]:
    """Which of several p-values a list may hold, so that on average at most `false_share` of it is there by chance.

    Benjamini & Hochberg, Journal of the Royal Statistical Society B 1995;57:289.
    """
    values = np.asarray(p_values, float)
    if not values.size:
        return np.zeros(0, dtype=bool)
    return multipletests(values, alpha=false_share, method="fdr_bh")[0]
