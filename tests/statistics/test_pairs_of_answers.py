"""The range of a gain against its published value, a literal second formula, and by simulation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipelines.statistics.pairs_of_answers import paired_difference
from tests.statistics.tables import number, spec_table

MOVED = st.tuples(st.integers(0, 100), st.integers(0, 100), st.integers(0, 200)).filter(lambda each: sum(each) > 0)


def literal(gained: int, lost: int, size: int) -> tuple[float, float]:
    """The published formula, with `math` alone."""
    up, down = (gained + 1) / (size + 2), (lost + 1) / (size + 2)
    half = 1.959963984540054 * math.sqrt((up + down - (up - down) * (up - down)) / (size + 2))
    return max(up - down - half, -1), min(up - down + half, 1)


@pytest.mark.parametrize("row", spec_table("differences", "gains"), ids=str)
def test_a_gain_meets_its_reference(row: dict[str, str]) -> None:
    gained, lost, size = (int(row[name]) for name in ("gagnent", "perdent", "personnes"))
    expected = pytest.approx((number(row["borne basse"]), number(row["borne haute"])), abs=1e-6)
    assert paired_difference(gained, lost, size) == expected
    assert literal(gained, lost, size) == expected
    assert (gained - lost) / size == pytest.approx(number(row["gain"]), abs=1e-6)


@given(MOVED)
def test_it_is_its_formula(moved: tuple[int, int, int]) -> None:
    gained, lost, still = moved
    size = gained + lost + still
    assert paired_difference(gained, lost, size) == pytest.approx(literal(gained, lost, size))


def test_it_is_the_wald_range_of_a_sample_of_two_more_persons() -> None:
    """A second way: the standard error of the mean of −1, 0, 1, when one more gained and one more lost."""
    moved = np.repeat([1, -1, 0], [7 + 1, 3 + 1, 25 - 10])
    half = stats.norm.ppf(0.975) * moved.std() / moved.size**0.5
    assert paired_difference(7, 3, 25) == pytest.approx((moved.mean() - half, moved.mean() + half))


@given(MOVED)
def test_a_gain_is_a_loss_seen_from_the_other_side(moved: tuple[int, int, int]) -> None:
    gained, lost, _ = moved
    low, high = paired_difference(gained, lost, sum(moved))
    assert -1 <= low < high <= 1
    assert paired_difference(lost, gained, sum(moved)) == pytest.approx((-high, -low))


def test_it_takes_columns() -> None:
    low, high = paired_difference(np.array([26, 6]), np.array([4, 5]), np.array([48, 40]))
    assert (low[1], high[1]) == pytest.approx(paired_difference(6, 5, 40))


@pytest.mark.long
@pytest.mark.parametrize(
    ("size", "gaining", "losing"), [(30, 0.3, 0.1), (40, 0.2, 0.2), (60, 0.4, 0.05), (200, 0.15, 0.1)]
)
def test_it_holds_the_true_gain(size: int, gaining: float, losing: float) -> None:
    shares = [gaining, losing, 1 - gaining - losing]
    gained, lost, _ = np.random.default_rng(6).multinomial(size, shares, 40_000).T
    low, high = paired_difference(gained, lost, size)
    assert 0.93 <= ((low <= gaining - losing) & (high >= gaining - losing)).mean() <= 0.975
