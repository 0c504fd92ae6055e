"""Agreement between observers of the same units: Krippendorff's alpha, from the coincidences of their values.

It tells how far observers say the same, never which of them is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Level = Literal["nominal", "ordinal", "interval"]
"""What a gap between two values means: they differ; how many values lie between; how far apart they are."""
Label = Literal["faible", "prudence", "bonne"]

FEWEST_UNITS = 20
"""With fewer units that two observers have seen, no agreement is told (methods 3): the caller checks it."""
_PRUDENT_FROM, _GOOD_FROM = 0.667, 0.8


def alpha(ratings: Sequence[Sequence[float | None]], level: Level) -> float | None:
    """Krippendorff's alpha of `ratings`, one row an observer, one column a unit; None or nan where a value is missing.

    1 where all agree, 0 where they agree as chance would make them, below 0 where they disagree more; None where it is not
    defined: no unit has two values, or all values are equal. α = 1 − (observed / expected disagreement), on the matrix of
    coincidences. Krippendorff, Content Analysis, 2004, 11.3; Computing Krippendorff's Alpha-Reliability, 2011.
    """
    values, coincidences = _coincidences(np.array(ratings, dtype=float))
    totals = coincidences.sum(axis=0)
    distances = _DISTANCES[level](values, totals)
    expected = (np.outer(totals, totals) * distances).sum()
    if expected == 0:
        return None
    return float(1 - (totals.sum() - 1) * (coincidences * distances).sum() / expected)


def label(agreement: float) -> Label:
    """How an alpha reads: 'faible' below 0.667, 'prudence' below 0.8, 'bonne' from there on. Krippendorff 2004, 11.4."""
    if agreement < _PRUDENT_FROM:
        return "faible"
    return "prudence" if agreement < _GOOD_FROM else "bonne"


def _coincidences(ratings: Floats) -> tuple[Floats, Floats]:
    """The values met, in order, and how often each meets each within a unit.

    In a unit of m values each of its m (m − 1) ordered pairs weighs 1 / (m − 1), so that each value counts once; a value that
    stands alone in its unit meets none and does not count.
    """
    values = np.unique(ratings[~np.isnan(ratings)])
    counts = (ratings[:, :, np.newaxis] == values).sum(axis=0).astype(float)
    paired = counts[counts.sum(axis=1) >= 2]
    weighed = paired / (paired.sum(axis=1, keepdims=True) - 1)
    return values, weighed.T @ paired - np.diag(weighed.sum(axis=0))


def _nominal(values: Floats, _totals: Floats) -> Floats:
    return (values[:, np.newaxis] != values).astype(float)


def _ordinal(_values: Floats, totals: Floats) -> Floats:
    """From the middle of one value to the middle of the other, in the line of all values put in order; squared."""
    middles = totals.cumsum() - totals / 2
    return np.square(middles[:, np.newaxis] - middles)


def _interval(values: Floats, _totals: Floats) -> Floats:
    return np.square(values[:, np.newaxis] - values)


_DISTANCES = {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval}
