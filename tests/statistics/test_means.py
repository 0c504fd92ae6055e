"""The range of a mean of structures is Student's (methods 1.4)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipelines.statistics.means import half_width_of_structures, mean_of_structures

SHARES = st.lists(st.floats(0, 1), min_size=2, max_size=60)


def test_the_mean_of_structures_is_students() -> None:
    shares = np.array([0.6, 0.7, 0.75, 0.8, 0.9])
    low, high = mean_of_structures(float(shares.mean()), float(shares.std(ddof=1)), shares.size)
    expected = stats.ttest_1samp(shares, 0).confidence_interval(0.95)
    assert (low, high) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize(
    ("structures", "student"), [(2, 12.7062047362), (5, 2.7764451052), (10, 2.2621571628), (30, 2.0452296421)]
)
def test_the_half_width_is_that_of_students_table(structures: int, student: float) -> None:
    assert half_width_of_structures(0.1, structures) == pytest.approx(student * 0.1 / structures**0.5, abs=1e-9)


@given(SHARES)
def test_the_range_holds_the_mean_within_0_and_1(shares: list[float]) -> None:
    mean, deviation = float(np.mean(shares)), float(np.std(shares, ddof=1))
    low, high = mean_of_structures(mean, deviation, len(shares))
    assert 0 <= low <= mean + 1e-12
    assert mean - 1e-12 <= high <= 1


def test_columns_are_taken_at_once() -> None:
    means, deviations, structures = np.array([0.5, 0.7]), np.array([0.1, 0.0]), np.array([5, 8])
    low, high = mean_of_structures(means, deviations, structures)
    assert (low[0], high[0]) == pytest.approx(mean_of_structures(0.5, 0.1, 5))
    assert (low[1], high[1]) == (0.7, 0.7)


@pytest.mark.long
@pytest.mark.parametrize("structures", [5, 12, 30])
def test_the_range_holds_the_true_mean(structures: int) -> None:
    shares = np.random.default_rng(2).beta(14, 6, (20_000, structures))
    low, high = mean_of_structures(shares.mean(axis=1), shares.std(axis=1, ddof=1), structures)
    assert 0.93 <= ((low <= 0.7) & (high >= 0.7)).mean() <= 0.975
