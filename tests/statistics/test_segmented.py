"""Two segments: published coefficients, a second implementation by hand, and what must not move them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipelines.statistics.segmented import segmented
from tests.statistics.tables import number, spec_table

TIMES = list(range(1, 25))
ERRORS = [0.5 * each for each in (1, -1, 2, 0, -2, 1, 0, 1, -1, 0, 2, -2)] * 2
VALUES = [60 + 0.3 * t + (8 + 0.2 * (t - 12)) * (t > 12) + error for t, error in zip(TIMES, ERRORS, strict=True)]


def newey_west(design: NDArray[np.float64], values: NDArray[np.float64], lags: int) -> NDArray[np.float64]:
    """Standard errors by the formula, one product at a time (Newey & West 1987), with the small-sample correction."""
    inverse = np.linalg.inv(design.T @ design)
    scores = design * (values - design @ inverse @ design.T @ values)[:, None]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (cross + cross.T)
    size, width = design.shape
    return np.sqrt(np.diag(size / (size - width) * inverse @ middle @ inverse))


def test_reference_values() -> None:
    found = segmented(TIMES, VALUES, 12)
    assert found
    rows = spec_table("regression-par-segments", "segments")
    assert found.coefficients == pytest.approx([number(row["valeur"]) for row in rows], abs=1e-7)
    assert found.standard_errors == pytest.approx([number(row["erreur"]) for row in rows], abs=1e-7)
    assert (round(found.level_change_low, 6), round(found.level_change_high, 6)) == (7.793917, 8.91937)
    assert found.level_change == found.coefficients[2]


@given(st.lists(st.integers(0, 100).map(float), min_size=24, max_size=36))
@settings(max_examples=30)
def test_errors_are_those_of_the_formula(values: list[float]) -> None:
    times = np.arange(len(values), dtype=float)
    last = len(values) / 2
    after = (times > last).astype(float)
    if min(after.sum(), len(values) - after.sum()) < 12:
        assert segmented(times, values, last) is None
        return
    design = np.column_stack([np.ones_like(times), times, after, (times - last) * after])
    lags = int(4 * (len(values) / 100) ** (2 / 9))
    found = segmented(times, values, last)
    assert found
    assert found.standard_errors == pytest.approx(newey_west(design, np.array(values), lags), abs=1e-6)


@pytest.mark.parametrize(("before", "after"), [(11, 13), (13, 11), (0, 30), (12, 11)])
def test_too_few_points_give_nothing(before: int, after: int) -> None:
    assert segmented(range(before + after), [50.0] * (before + after), before - 1) is None


@pytest.mark.parametrize("season", [12, 4])
def test_a_season_is_not_taken_for_a_jump(season: int) -> None:
    times = np.arange(36)
    values = 60 + 10 * np.cos(2 * np.pi * times / season) + 5 * (times > 20)
    plain, seasonal = segmented(times, values, 20), segmented(times, values, 20, season=season)
    assert plain
    assert seasonal
    assert seasonal.level_change == pytest.approx(5, abs=1e-9)
    assert abs(plain.level_change - 5) > 0.1


@pytest.mark.parametrize("season", [None, 12, 4, 2, 1])
def test_a_flat_line_has_no_jump(season: int | None) -> None:
    found = segmented(TIMES, [40.0] * 24, 12, season=season)
    assert found
    assert found.level_change == pytest.approx(0, abs=1e-9)
    assert found.level_change_high == pytest.approx(0, abs=1e-9)


def test_a_slope_is_not_taken_for_a_jump_even_across_a_gap() -> None:
    times = [t for t in range(30) if t not in (3, 14, 15, 22)]
    found = segmented(times, [10 + 2.0 * t for t in times], 15)
    assert found
    assert found.coefficients == pytest.approx([10, 2, 0, 0], abs=1e-9)
