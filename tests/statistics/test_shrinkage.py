"""The stabilised value: the spec tables of its page, a second likelihood written out, and where it must lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pipelines.statistics.shrinkage import Prior, fitted_prior, stabilised
from tests.statistics.tables import number, spec_table

DATA = spec_table("surdispersion", "structures")
COUNT = np.array([number(row["comptés"]) for row in DATA])
SIZE = np.array([number(row["accueils"]) for row in DATA])
STRUCTURES = st.lists(st.tuples(st.integers(11, 300), st.floats(0, 1)), min_size=2, max_size=25)


def test_the_prior_is_that_of_the_page() -> None:
    (row,) = spec_table("valeur-stabilisee", "loi")
    prior = fitted_prior(COUNT, SIZE)
    assert prior is not None
    assert (prior.a, prior.b) == pytest.approx((number(row["a"]), number(row["b"])), abs=5e-4)


@pytest.mark.parametrize("row", spec_table("valeur-stabilisee", "structures"))
def test_each_value_is_drawn_towards_the_others_as_the_page_says(row: dict[str, str]) -> None:
    prior = fitted_prior(COUNT, SIZE)
    assert prior is not None
    count, size = number(row["comptés"]), number(row["accueils"])
    assert count / size == pytest.approx(number(row["brute"]), abs=5e-5)
    assert stabilised(count, size, prior.a, prior.b)[0] == pytest.approx(number(row["stabilisée"]), abs=5e-5)


def test_nothing_separates_structures_of_one_rate() -> None:
    rows = spec_table("valeur-stabilisee", "communes")
    assert fitted_prior(*([number(row[name]) for row in rows] for name in ("comptés", "accueils"))) is None


@pytest.mark.parametrize("count", [0, 20])
def test_nothing_separates_structures_that_all_say_the_same(count: int) -> None:
    assert fitted_prior([count] * 10, [20] * 10) is None


def likelihood(prior: Prior, count: np.ndarray, size: np.ndarray) -> float:
    """By the distribution of scipy, instead of the difference of log betas."""
    return float(stats.betabinom.logpmf(count, size, prior.a, prior.b).sum())


def drawn_structures(drawn: list[tuple[int, float]]) -> tuple[np.ndarray, np.ndarray]:
    size = np.array([each for each, _ in drawn])
    return np.round(size * np.array([share for _, share in drawn])), size


@settings(deadline=None, max_examples=60)
@given(STRUCTURES)
def test_no_prior_beside_the_fitted_one_is_more_likely(drawn: list[tuple[int, float]]) -> None:
    count, size = drawn_structures(drawn)
    prior = fitted_prior(count, size)
    if prior is None:
        return
    best = likelihood(prior, count, size)
    for by in (0.9, 1.1):
        for other in (Prior(prior.a * by, prior.b), Prior(prior.a, prior.b * by), Prior(prior.a * by, prior.b * by)):
            # Near its edges a flat likelihood is known to about this much.
            assert likelihood(other, count, size) <= best + 1e-4


@settings(deadline=None, max_examples=60)
@given(STRUCTURES)
def test_a_stabilised_value_lies_between_the_own_and_the_common(drawn: list[tuple[int, float]]) -> None:
    count, size = drawn_structures(drawn)
    prior = fitted_prior(count, size)
    if prior is None:
        return
    value, low, high = stabilised(count, size, prior.a, prior.b)
    own, common = count / size, prior.a / (prior.a + prior.b)
    assert (np.minimum(own, common) - 1e-12 <= value).all()
    assert (value <= np.maximum(own, common) + 1e-12).all()
    assert ((low >= 0) & (low <= high) & (high <= 1)).all()


def test_the_fewer_records_the_nearer_to_the_others() -> None:
    value, low, high = stabilised([5, 50, 500], [10, 100, 1000], 15.0, 5.0)
    assert (np.diff(value) < 0).all()
    assert (np.diff(high - low) < 0).all()


def test_the_prior_that_structures_were_drawn_from_is_found_again() -> None:
    random = np.random.default_rng(7)
    size = random.integers(20, 300, 4000)
    prior = fitted_prior(random.binomial(size, random.beta(12, 4, size.size)), size)
    assert prior is not None
    assert (prior.a, prior.b) == pytest.approx((12, 4), rel=0.1)
