"""Segmented regression: how much the level of a line changed at an action, its slope before and after set apart.

Y = b₀ + b₁·t + b₂·D + b₃·(t − T₀)·D + season, D = 1 after T₀. Lopez Bernal, Cummins & Gasparrini, International Journal of
Epidemiology 2017;46:348; methods 6.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray

from pipelines.statistics.proportions import LEVEL

FEWEST_POINTS_A_SIDE = 12
"""With fewer, no regression (Turner et al., BMC Medical Research Methodology 2021;21:181)."""
FEWEST_POINTS_FOR_SEASON = 24
_HARMONICS = 2
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Segments:
    """Coefficients in the unit of the values, b₀ to b₃, their standard errors, and the range of b₂ at 95 %."""

    coefficients: tuple[float, ...]
    standard_errors: tuple[float, ...]
    level_change_low: float
    level_change_high: float

    @property
    def level_change(self) -> float:
        """b₂: how far the line after stands from the line before, at T₀."""
        return self.coefficients[2]


def segmented(
    times: Sequence[float], values: Sequence[float], last_before: float, *, season: int | None = None
) -> Segments | None:
    """The two segments of the points (`times` in periods, gaps left out), T₀ = `last_before`; None below 12 + 12 points.

    `season`: periods in a year, for two harmonics from 24 points on; None for no season. Ordinary least squares, Newey–West
    errors with floor(4·(n/100)^(2/9)) lags and the small-sample correction; ranges by Student's t, since Newey–West alone is
    too sure of short series.
    """
    moments = np.asarray(times, dtype=float)
    after = moments > last_before
    if min(after.sum(), (~after).sum()) < FEWEST_POINTS_A_SIDE:
        return None
    design = _design(moments, after, last_before, season)
    lags = math.floor(4 * (moments.size / 100) ** (2 / 9))
    fitted = sm.OLS(np.asarray(values, dtype=float), design).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    low, high = fitted.conf_int(alpha=1 - LEVEL)[2]
    return Segments(
        coefficients=tuple(map(float, fitted.params[:4])),
        standard_errors=tuple(map(float, fitted.bse[:4])),
        level_change_low=float(low),
        level_change_high=float(high),
    )


def _design(moments: Array, after: NDArray[np.bool_], last_before: float, season: int | None) -> Array:
    segments = np.column_stack([np.ones_like(moments), moments, after, (moments - last_before) * after])
    if season is None or moments.size < FEWEST_POINTS_FOR_SEASON:
        return segments
    seasonal = np.column_stack([segments, *_harmonics(moments, season)])
    return seasonal if np.linalg.matrix_rank(seasonal) == seasonal.shape[1] else segments


def _harmonics(moments: Array, season: int) -> list[Array]:
    """Two harmonics of the year; a wave as short as two periods has no sine, and a shorter one cannot be seen."""
    waves = []
    for rank in range(1, _HARMONICS + 1):
        angle = 2 * np.pi * rank * moments / season
        if 2 * rank <= season:
            waves.append(np.cos(angle))
        if 2 * rank < season:
            waves.append(np.sin(angle))
    return waves
