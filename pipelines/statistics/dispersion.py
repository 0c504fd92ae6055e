"""Over-dispersion: whether structures differ by more than chance as a whole, and limits that allow for it.

Spiegelhalter, Statistics in Medicine 2005;24:1185 and Spiegelhalter et al., Journal of the Royal Statistical Society A
2012;175:1; methods 4.2. Rates are compared as angles, asin √p, whose variance is 1/4n whatever the rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from pipelines.statistics.funnel import ABOVE, BELOW, TAIL_95, TAIL_998, WITHIN, Limits, Numbers

SMALLEST_SIZE = 5
"""Smaller structures say too little to enter the dispersion."""
FEWEST_STRUCTURES = 10
"""With fewer, dispersion cannot be told from chance: nothing is widened."""
WINSORISED = 0.10
"""The share at each end that is brought back to the rest, so that the few who truly differ do not hide themselves."""


@dataclass(frozen=True)
class Dispersion:
    """How much structures differ: φ (about 1 under chance alone), and τ², the variance between them beyond chance (angles²)."""

    structures: int
    phi: float
    tau_squared: float

    @property
    def beyond_chance(self) -> bool:
        """Whether the limits are to be widened."""
        return self.tau_squared > 0


def dispersion(count: ArrayLike, size: ArrayLike, reference: float) -> Dispersion:
    """The dispersion of structures (`count` out of `size` each) around `reference` in [0, 1].

    τ² is DerSimonian and Laird's from the winsorised φ: 0 with too few structures, or where φ is what chance gives. φ is nan
    without any structure that is large enough.
    """
    large = np.asarray(size) >= SMALLEST_SIZE
    counts, sizes = np.asarray(count, float)[large], np.asarray(size, float)[large]
    if not sizes.size:
        return Dispersion(0, float("nan"), 0.0)
    scores = (_angle(counts / sizes) - _angle(reference)) * 2 * np.sqrt(sizes)
    phi = float(np.mean(np.clip(scores, *np.quantile(scores, [WINSORISED, 1 - WINSORISED])) ** 2))
    return Dispersion(int(sizes.size), phi, _tau_squared(phi, sizes))


def widened_limits(size: ArrayLike, reference: ArrayLike, tau_squared: ArrayLike) -> Limits:
    """Limits at each `size` that allow for `tau_squared`: sin²(asin √p₀ ± z · √(1/4n + τ²)), the angle kept in [0, π/2]."""
    centre, deviation = _angle(reference), _deviation(size, tau_squared)
    low_998, low_95, high_95, high_998 = (
        np.sin(np.clip(centre + score * deviation, 0, np.pi / 2)) ** 2
        for score in stats.norm.ppf([TAIL_998, TAIL_95, 1 - TAIL_95, 1 - TAIL_998])
    )
    return Limits(low_998, low_95, high_95, high_998)


def widened_position(
    count: ArrayLike, size: ArrayLike, reference: ArrayLike, tau_squared: ArrayLike, tail: float = TAIL_998
) -> NDArray[np.int8]:
    """BELOW or ABOVE where a structure's angle is beyond the widened limit that leaves `tail` on its side; else WITHIN."""
    gap = _angle(np.asarray(count) / np.asarray(size)) - _angle(reference)
    limit = float(stats.norm.isf(tail)) * _deviation(size, tau_squared)
    return np.select([gap < -limit, gap > limit], [BELOW, ABOVE], WITHIN).astype(np.int8)


def _angle(rate: ArrayLike) -> Numbers:
    return np.arcsin(np.sqrt(rate))


def _deviation(size: ArrayLike, tau_squared: ArrayLike) -> Numbers:
    return np.sqrt(1 / (4 * np.asarray(size, float)) + np.asarray(tau_squared, float))


def _tau_squared(phi: float, sizes: Numbers) -> float:
    structures, weights = sizes.size, 4 * sizes
    excess = structures * phi - (structures - 1)
    if structures < FEWEST_STRUCTURES or excess <= 0:
        return 0.0
    return float(excess / (weights.sum() - (weights**2).sum() / weights.sum()))
