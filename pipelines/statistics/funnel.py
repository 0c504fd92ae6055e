"""A funnel: how far from a common rate chance alone takes a structure of a given size, by the exact binomial distribution.

Spiegelhalter, Statistics in Medicine 2005;24:1185; methods 4.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Numbers = NDArray[np.float64]

TAIL_95, TAIL_998 = 0.025, 0.001
"""What each limit leaves beyond it, on its own side."""
BELOW, WITHIN, ABOVE = -1, 0, 1
"""Where a structure lies."""


@dataclass(frozen=True)
class Limits:
    """Rates in [0, 1] between which chance alone leaves 95 % and 99.8 % of structures; each bound an array or a number."""

    low_998: Numbers
    low_95: Numbers
    high_95: Numbers
    high_998: Numbers

    def outer(self, other: Limits, where: ArrayLike) -> Limits:
        """These and, `where` it is said, the outer of the two on each side."""
        return Limits(
            low_998=np.where(where, np.minimum(self.low_998, other.low_998), self.low_998),
            low_95=np.where(where, np.minimum(self.low_95, other.low_95), self.low_95),
            high_95=np.where(where, np.maximum(self.high_95, other.high_95), self.high_95),
            high_998=np.where(where, np.maximum(self.high_998, other.high_998), self.high_998),
        )


def exact_limits(size: ArrayLike, reference: ArrayLike) -> Limits:
    """The curve at each `size` (> 0) around `reference` (in [0, 1]), the two broadcast together.

    Between two counts the curve is interpolated in the cumulated probability. It is for drawing: `exact_position` says who is
    beyond, and may differ from the curve by one record. No limit crosses the reference.
    """
    return Limits(
        low_998=np.minimum(_interpolated(TAIL_998, size, reference), reference),
        low_95=np.minimum(_interpolated(TAIL_95, size, reference), reference),
        high_95=np.maximum(_interpolated(1 - TAIL_95, size, reference), reference),
        high_998=np.maximum(_interpolated(1 - TAIL_998, size, reference), reference),
    )


def exact_tails(count: ArrayLike, size: ArrayLike, reference: ArrayLike) -> tuple[Numbers, Numbers]:
    """The probabilities of at most, and of at least, `count` out of `size` when each has the rate `reference`."""
    return stats.binom.cdf(count, size, reference), stats.binom.sf(np.asarray(count) - 1, size, reference)


def exact_position(count: ArrayLike, size: ArrayLike, reference: ArrayLike, tail: float = TAIL_998) -> NDArray[np.int8]:
    """BELOW or ABOVE where so few, or so many, are no more probable than `tail`; else WITHIN."""
    few, many = exact_tails(count, size, reference)
    return np.select([few <= tail, many <= tail], [BELOW, ABOVE], WITHIN).astype(np.int8)


def _interpolated(probability: float, size: ArrayLike, reference: ArrayLike) -> Numbers:
    """The rate below which `probability` lies; the reference itself where nothing is left to chance (0 or 1)."""
    rank = stats.binom.ppf(probability, size, reference)
    reached, before = stats.binom.cdf(rank, size, reference), stats.binom.cdf(rank - 1, size, reference)
    rate = (rank - (reached - probability) / (reached - before)) / np.asarray(size)
    certain = (np.asarray(reference) == 0) | (np.asarray(reference) == 1)
    return np.where(certain, reference, np.clip(rate, 0, 1))[()]
