"""Ranges against published and independently computed values (methods 1.1, 1.4, 2)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipelines.measurement.intervals import (
    difference,
    mean_of_structures,
    order_statistic_ranks,
    paired_difference,
    wilson,
)

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


NEWCOMBE = [
    # of two shares, MOVER on Wilson's ranges is Newcombe's method 10 (Statistics in Medicine 1998;17:873; methods 1.3)
    (56, 70, 48, 80, 0.0524315, 0.3338727),
    (9, 10, 3, 10, 0.1705227, 0.8090180),
    (10, 10, 0, 20, 0.6790860, 1.0),
]


@pytest.mark.parametrize(("count", "size", "other", "other_size", "low", "high"), NEWCOMBE)
def test_a_difference_meets_newcombes_published_values(count, size, other, other_size, low, high) -> None:
    found = difference(count / size, wilson(count, size), other / other_size, wilson(other, other_size))
    assert found == pytest.approx((low, high), abs=1e-6)


def test_a_bound_that_a_side_lacks_is_lacking_in_the_difference() -> None:
    assert difference(9, (5, None), 4, (2, 7)) == (9 - 4 - 5.0, None)
    assert difference(9, (5, 12), 4, (None, 7)) == (0.0, None)
    assert difference(9, (None, 12), 4, (None, 7)) == (None, None)
    assert difference(9, (5, 12), 4, (2, None)) == (None, pytest.approx(5 + 13**0.5))


def test_the_range_of_a_gap_of_medians_holds_the_true_gap() -> None:
    """By simulation: two groups of delays whose medians are 3 and 6 days; nominal 95 %, more with ties."""
    draw, held, repeats = np.random.default_rng(5), 0, 400
    for _ in range(repeats):
        samples = [np.sort(draw.poisson(mean, 40)) for mean in (6.6, 3.6)]
        medians = [np.quantile(each, 0.5, method="inverted_cdf") for each in samples]
        low, high = order_statistic_ranks(40, 0.5)
        bounds = [(each[low - 1], each[high - 1]) for each in samples]
        lower, upper = difference(medians[0], bounds[0], medians[1], bounds[1])
        held += lower <= stats.poisson.ppf(0.5, 6.6) - stats.poisson.ppf(0.5, 3.6) <= upper
    assert held / repeats >= 0.95


def test_a_paired_difference_meets_its_published_value() -> None:
    """statpsych's manual, ci.prop.ps(.05, 12, 4, 26, 6): 26 gained and 4 lost among 48."""
    assert paired_difference(26, 4, 48) == pytest.approx((0.2548067, 0.6251933), abs=1e-7)


def test_a_paired_difference_is_the_wald_range_of_a_sample_of_two_more_persons() -> None:
    """A second way: the standard error of the mean of −1, 0, 1, when one more gained and one more lost."""
    moved = np.repeat([1, -1, 0], [7 + 1, 3 + 1, 25 - 10])
    half = stats.norm.ppf(0.975) * moved.std() / moved.size**0.5
    assert paired_difference(7, 3, 25) == pytest.approx((moved.mean() - half, moved.mean() + half))


def test_the_range_of_a_gain_holds_the_true_gain() -> None:
    draw, size = np.random.default_rng(6), 40
    gained, lost, _ = draw.multinomial(size, [0.3, 0.1, 0.6], 4000).T
    low, high = paired_difference(gained, lost, size)
    assert ((low <= 0.2) & (high >= 0.2)).mean() == pytest.approx(0.95, abs=0.015)


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_of_a_column_is_wilson_of_each(counts: tuple[int, int]) -> None:
    count, size = counts
    columns = wilson(np.array([count, 0]), np.array([size, size]))
    assert (columns[0][0], columns[1][0]) == pytest.approx(wilson(count, size))
    assert columns[0][1] == 0.0
