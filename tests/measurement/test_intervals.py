"""Ranges against published and independently computed values (methods 1.1, 1.4, 2)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipelines.measurement.intervals import mean_of_structures, order_statistic_ranks, wilson

WILSON = [
    (81, 263, 0.2552885, 0.3662096),
    (7, 50, 0.0695083, 0.2618619),
    (0, 10, 0.0, 0.2775328),
    (10, 10, 0.7224672, 1.0),
    (20, 30, 0.4878, 0.8077),
]


@pytest.mark.parametrize(("count", "size", "low", "high"), WILSON)
def test_wilson_meets_its_reference(count: int, size: int, low: float, high: float) -> None:
    tolerance = 1e-6 if size != 30 else 5e-5
    assert wilson(count, size) == pytest.approx((low, high), abs=tolerance)


def test_the_mean_of_structures_is_students() -> None:
    shares = np.array([0.6, 0.7, 0.75, 0.8, 0.9])
    low, high = mean_of_structures(float(shares.mean()), float(shares.std(ddof=1)), shares.size)
    expected = stats.ttest_1samp(shares, 0).confidence_interval(0.95)
    assert (low, high) == pytest.approx((expected.low, expected.high))


RANKS = [(20, 0.5, 6, 15), (20, 0.9, 15, None), (35, 0.9, 28, None), (6, 0.5, 1, 6), (5, 0.5, None, None)]


@pytest.mark.parametrize(("size", "quantile", "low", "high"), RANKS)
def test_order_statistic_ranks(size: int, quantile: float, low: int | None, high: int | None) -> None:
    assert order_statistic_ranks(size, quantile) == (low, high)


def test_an_upper_bound_for_the_ninth_decile_exists_from_36() -> None:
    assert order_statistic_ranks(35, 0.9)[1] is None
    assert order_statistic_ranks(36, 0.9)[1] == 36


@given(st.integers(6, 200), st.sampled_from([0.5, 0.9]))
def test_ranks_are_scipys(size: int, quantile: float) -> None:
    interval = stats.quantile_test(np.arange(1, size + 1), p=quantile).confidence_interval(0.95)
    low, high = order_statistic_ranks(size, quantile)
    assert (low is None) == bool(np.isnan(interval.low))
    assert (high is None) == bool(np.isnan(interval.high))
    assert low is None or low == interval.low
    assert high is None or high == interval.high
