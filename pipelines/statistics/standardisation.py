"""Indirect standardisation: what a structure would have with its own mix of situations and everybody's rates (methods 4.5).

Two standardised rates cannot be compared with each other, only with the region (Evans 2013; Roessler 2021): no stage shows
them side by side. Never adjust for what the structure decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from pipelines.statistics.funnel import Numbers
from pipelines.statistics.proportions import LEVEL

FEWEST_RECORDS = 11
"""Strata with fewer records in the region are merged."""
LARGEST_SHARE = 0.10
"""A structure that is more of the region than this is left out of the rates that it is compared with."""


@dataclass(frozen=True)
class Standardised:
    """Records expected; observed / expected with its 95 % bounds; and the rate that this makes of the region's."""

    expected: float
    ratio: float
    low: float
    high: float
    rate: float


def reference_rates(count: ArrayLike, size: ArrayLike, own_count: ArrayLike, own_size: ArrayLike) -> Numbers:
    """The region's rate in each stratum, from `count` out of `size` of the region, itself holding `own_count`, `own_size`.

    Strata that are too small share one rate, that of all of them together; the region's own if this is still too small.
    Raises ValueError if nothing of the region is left beside the structure.
    """
    counts, sizes = np.asarray(count, float), np.asarray(size, float)
    if np.sum(own_size) > LARGEST_SHARE * sizes.sum():
        counts, sizes = counts - np.asarray(own_count), sizes - np.asarray(own_size)
    if sizes.sum() == 0:
        raise ValueError("Nothing of the region is left beside the structure.")
    small = sizes < FEWEST_RECORDS
    merged = small if sizes[small].sum() >= FEWEST_RECORDS else np.ones_like(small)
    together = counts[merged].sum() / sizes[merged].sum() if small.any() else 0.0
    return np.where(small, together, counts / np.where(small, 1, sizes))


def standardised(observed: int, sizes: ArrayLike, rates: ArrayLike, reference: float) -> Standardised:
    """`observed` records beside those expected of strata of `sizes` at `rates`; `reference`: the region's rate, in [0, 1].

    Bounds: exact Poisson, which is wider than a share needs. Raises ValueError if nothing is expected.
    """
    expected = float(np.dot(sizes, rates))
    if expected == 0:
        raise ValueError("Nothing is expected: there is no ratio.")
    tail = (1 - LEVEL) / 2
    low = stats.chi2.ppf(tail, 2 * observed) / 2 if observed else 0.0
    high = stats.chi2.ppf(1 - tail, 2 * (observed + 1)) / 2
    ratio = observed / expected
    return Standardised(expected, ratio, float(low / expected), float(high / expected), ratio * reference)
