"""A control chart once drawn: its centre, its limits, and what its rules say of each point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Points = Sequence[float | None] | Floats
"""A series in the order of time; None or nan where a period has no point."""


@dataclass(frozen=True)
class Chart:
    """`centre`, and for each period its limits (nan where there are none) and its label ('' where no rule speaks).

    In the unit of the series. Limits are not clipped: what shows them does it.
    """

    centre: float
    low: Floats
    high: Floats
    labels: tuple[str, ...]


def floats(points: Points) -> Floats:
    """The points as numbers, nan for a gap: a comparison with it is false, which is how a gap breaks a rule.

    Raises ValueError where there is no point at all.
    """
    values = np.array(points, dtype=np.float64)  # None becomes nan
    if np.isnan(values).all():
        raise ValueError("A chart needs at least one point.")
    return values
