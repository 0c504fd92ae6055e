"""Cronbach's alpha: its reference value, the mean correlation of items, and its ends (methods 3)."""

from itertools import combinations
from statistics import variance

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.reliability import FEWEST_ITEMS, FEWEST_PERSONS, cronbach
from tests.statistics.tables import spec_table

ANSWERS = st.integers(2, 5).flatmap(
    lambda items: st.lists(st.lists(st.integers(1, 4), min_size=items, max_size=items), min_size=2, max_size=40)
)


def reference() -> list[tuple[int, ...]]:
    items = [[int(each) for each in row["réponses"].split()] for row in spec_table("accord", "cronbach")]
    return list(zip(*items, strict=True))


def from_covariances(answers: list[list[int]]) -> float | None:
    """k² times the mean covariance of two items, over the sum of all variances and covariances."""
    items = list(zip(*answers, strict=True))
    shared = 2 * sum(np.cov(one, other)[0, 1] for one, other in combinations(items, 2))
    whole = sum(variance(each) for each in items) + shared
    return None if abs(whole) < 1e-9 else len(items) / (len(items) - 1) * shared / whole


def test_it_meets_its_reference() -> None:
    assert cronbach(reference()) == pytest.approx(0.9295775, abs=1e-6)


@given(ANSWERS)
def test_it_is_that_of_the_covariances(answers: list[list[int]]) -> None:
    expected = from_covariances(answers)
    assert cronbach(answers) == (expected if expected is None else pytest.approx(expected, abs=1e-9))


def test_items_that_say_the_same_have_1() -> None:
    assert cronbach([[1, 1, 1], [3, 3, 3], [4, 4, 4]]) == pytest.approx(1)


def test_totals_that_do_not_vary_have_none() -> None:
    assert cronbach([[1, 4], [4, 1], [2, 3]]) is None


def test_how_much_it_takes_to_be_told() -> None:
    assert (FEWEST_ITEMS, FEWEST_PERSONS) == (3, 30)
