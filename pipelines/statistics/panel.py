"""Difference in differences over many structures: ten or more that acted, beside others that did not (methods 6.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray

from pipelines.statistics.proportions import LEVEL

FEWEST_TREATED = 10
"""With fewer structures that acted, clustered errors are too small: rank one among its controls instead."""


@dataclass(frozen=True)
class Effect:
    """How much more the treated changed than the others, in the unit of the outcomes, and its range at 95 %."""

    estimate: float
    standard_error: float
    low: float
    high: float


def difference_in_differences(
    structures: Sequence[str], periods: Sequence[int], outcomes: Sequence[float], acting: Sequence[bool]
) -> Effect:
    """The effect from one row for each structure and period: `acting` is true where the action is at work.

    Least squares with an effect of each structure and of each period, errors clustered by structure: Bertrand, Duflo &
    Mullainathan, Quarterly Journal of Economics 2004;119:249. Raises ValueError below 10 structures that act or without one
    that never does.
    """
    names, units = np.unique(np.asarray(structures), return_inverse=True)
    at_work = np.asarray(acting, dtype=bool)
    treated = np.unique(units[at_work]).size
    if treated < FEWEST_TREATED or treated == names.size:
        raise ValueError("At least ten structures that act are needed, and one that never does.")
    _, moments = np.unique(np.asarray(periods), return_inverse=True)
    design = np.column_stack([_effects(units), _effects(moments)[:, 1:], at_work])
    fitted = sm.OLS(np.asarray(outcomes, dtype=float), design).fit(
        cov_type="cluster", cov_kwds={"groups": units}, use_t=True
    )
    low, high = fitted.conf_int(alpha=1 - LEVEL)[-1]
    return Effect(float(fitted.params[-1]), float(fitted.bse[-1]), float(low), float(high))


def _effects(codes: NDArray[np.int64]) -> NDArray[np.float64]:
    """One column for each code, 1 in its rows."""
    return (codes[:, None] == np.arange(codes.max() + 1)).astype(float)
