"""Ranges of differences against published values, a literal second formula, and by simulation (methods 1.3)."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipelines.statistics.differences import difference, newcombe
from pipelines.statistics.proportions import wilson
from pipelines.statistics.quantiles import order_statistic_ranks
from tests.statistics.tables import number, spec_table

COUNTS = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
ESTIMATES = st.tuples(st.floats(-100, 100), st.floats(0, 50), st.floats(0, 50)).map(
    lambda each: (each[0], (each[0] - each[1], each[0] + each[2]))
)


def score_bound(share: float, size: int, sign: int) -> float:
    """Wilson's bound as the root of (p − π)² = z² π (1 − π) / n."""
    square = 1.959963984540054**2 / size
    a, b, c = 1 + square, -(2 * share + square), share * share
    return (-b + sign * math.sqrt(max(b * b - 4 * a * c, 0))) / (2 * a)


def literal_newcombe(count: int, size: int, other: int, other_size: int) -> tuple[float, float]:
    p, q = count / size, other / other_size
    l1, u1, l2, u2 = (
        score_bound(*each) for each in ((p, size, -1), (p, size, 1), (q, other_size, -1), (q, other_size, 1))
    )
    return p - q - math.sqrt((p - l1) ** 2 + (u2 - q) ** 2), p - q + math.sqrt((u1 - p) ** 2 + (q - l2) ** 2)


def bound(text: str) -> float | None:
    return None if text == "aucun" else number(text)


@pytest.mark.parametrize("row", spec_table("differences", "newcombe"), ids=str)
def test_newcombe_meets_its_reference(row: dict[str, str]) -> None:
    *counts, low, high = (number(each) for each in row.values())
    assert newcombe(*counts) == pytest.approx((low, high), abs=1e-6)
    assert literal_newcombe(*(int(each) for each in counts)) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize("row", spec_table("differences", "medianes"), ids=str)
def test_the_gap_of_two_medians(row: dict[str, str]) -> None:
    first, first_low, first_high, second, second_low, second_high, low, high = (bound(each) for each in row.values())
    found = difference(first or 0, (first_low, first_high), second or 0, (second_low, second_high))
    assert found == (pytest.approx(low, abs=1e-6), high if high is None else pytest.approx(high, abs=1e-6))


@given(COUNTS, COUNTS)
def test_newcombe_is_its_formula_and_mover_on_wilson(counts: tuple[int, int], others: tuple[int, int]) -> None:
    found = newcombe(*counts, *others)
    assert found == pytest.approx(literal_newcombe(*counts, *others), abs=1e-7)
    (count, size), (other, other_size) = counts, others
    mover = difference(count / size, wilson(count, size), other / other_size, wilson(other, other_size))
    assert found == pytest.approx(mover, abs=1e-9)


@given(COUNTS, COUNTS)
def test_newcombe_turned_round_is_its_mirror(counts: tuple[int, int], others: tuple[int, int]) -> None:
    low, high = newcombe(*counts, *others)
    assert -1 <= low <= counts[0] / counts[1] - others[0] / others[1] <= high <= 1
    assert newcombe(*others, *counts) == pytest.approx((-high, -low), abs=1e-12)


def test_newcombe_takes_columns() -> None:
    low, high = newcombe(np.array([56, 9]), np.array([70, 10]), np.array([48, 3]), np.array([80, 10]))
    assert (low[1], high[1]) == pytest.approx(newcombe(9, 10, 3, 10))


@given(ESTIMATES, ESTIMATES)
def test_mover_is_its_formula(first, second) -> None:
    (m1, (l1, u1)), (m2, (l2, u2)) = first, second
    expected = (
        m1 - m2 - math.sqrt((m1 - l1) ** 2 + (u2 - m2) ** 2),
        m1 - m2 + math.sqrt((u1 - m1) ** 2 + (m2 - l2) ** 2),
    )
    assert difference(m1, (l1, u1), m2, (l2, u2)) == pytest.approx(expected)


@given(ESTIMATES, ESTIMATES, st.floats(-50, 50))
def test_mover_of_shifted_estimates_is_the_same(first, second, shift: float) -> None:
    moved = [(m + shift, (low + shift, high + shift)) for m, (low, high) in (first, second)]
    assert difference(*first, *second) == pytest.approx(difference(*moved[0], *moved[1]), abs=1e-9)


@given(ESTIMATES, st.floats(-50, 50))
def test_against_what_is_known_exactly_the_range_is_only_shifted(first, known: float) -> None:
    value, (low, high) = first
    assert difference(value, (low, high), known, (known, known)) == pytest.approx((low - known, high - known))


def test_a_bound_that_a_side_lacks_is_lacking_in_the_difference() -> None:
    assert difference(9, (5, None), 4, (2, 7)) == (9 - 4 - 5.0, None)
    assert difference(9, (5, 12), 4, (None, 7)) == (0.0, None)
    assert difference(9, (None, 12), 4, (None, 7)) == (None, None)
    assert difference(9, (5, 12), 4, (2, None)) == (None, pytest.approx(5 + 13**0.5))


def test_the_range_of_a_gap_of_medians_holds_the_true_gap() -> None:
    """By simulation: two groups of delays whose medians are 6 and 3 days; nominal 95 %, more with ties."""
    draw, held, repeats = np.random.default_rng(5), 0, 400
    for _ in range(repeats):
        samples = [np.sort(draw.poisson(mean, 40)) for mean in (6.6, 3.6)]
        medians = [np.quantile(each, 0.5, method="inverted_cdf") for each in samples]
        low, high = order_statistic_ranks(40, 0.5)
        bounds = [(each[low - 1], each[high - 1]) for each in samples]
        lower, upper = difference(medians[0], bounds[0], medians[1], bounds[1])
        held += lower <= stats.poisson.ppf(0.5, 6.6) - stats.poisson.ppf(0.5, 3.6) <= upper
    assert held / repeats >= 0.95


@pytest.mark.long
@pytest.mark.parametrize(
    ("share", "size", "other", "other_size"), [(0.8, 30, 0.6, 30), (0.5, 60, 0.5, 40), (0.9, 120, 0.8, 60)]
)
def test_newcombe_holds_the_true_difference(share: float, size: int, other: float, other_size: int) -> None:
    draw = np.random.default_rng(7)
    low, high = newcombe(draw.binomial(size, share, 40_000), size, draw.binomial(other_size, other, 40_000), other_size)
    assert 0.93 <= ((low <= share - other) & (share - other <= high)).mean() <= 0.975


@pytest.mark.long
@pytest.mark.parametrize(("size", "other_size"), [(40, 40), (200, 100), (200, 200)])
def test_mover_holds_the_true_gap_of_medians(size: int, other_size: int) -> None:
    """Exponential delays, medians log 2 times the scale; the ranges that it starts from hold a little more than 95 %."""
    draw, held, repeats = np.random.default_rng(8), 0, 4_000
    truth = math.log(2) * (9 - 5)
    for _ in range(repeats):
        samples = [np.sort(draw.exponential(scale, n)) for scale, n in ((9, size), (5, other_size))]
        ranks = [order_statistic_ranks(len(each), 0.5) for each in samples]
        bounds = [(each[low - 1], each[high - 1]) for each, (low, high) in zip(samples, ranks, strict=True)]
        medians = [each[math.ceil(len(each) / 2) - 1] for each in samples]
        low, high = difference(medians[0], bounds[0], medians[1], bounds[1])
        held += low <= truth <= high
    assert 0.93 <= held / repeats <= 0.975
