"""The funnel: the spec tables of its page, exact tails summed longhand, and what limits must always be."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.statistics.funnel import (
    ABOVE,
    BELOW,
    TAIL_998,
    WITHIN,
    Limits,
    exact_limits,
    exact_position,
    exact_tails,
)
from tests.statistics.tables import number, spec_table

HEADINGS = ("bas 99,8 %", "bas 95 %", "haut 95 %", "haut 99,8 %")
WORDS = {"au-dessous": BELOW, "dans les limites": WITHIN, "au-dessus": ABOVE}
RATES = st.floats(0.001, 0.999)


def in_order(limits: Limits) -> list[np.ndarray]:
    return [np.asarray(each) for each in (limits.low_998, limits.low_95, limits.high_95, limits.high_998)]


@pytest.mark.parametrize("row", spec_table("entonnoir", "rangs"))
def test_the_curve_ends_at_the_ranks_of_the_binomial(row: dict[str, str]) -> None:
    size = number(row["accueils"])
    ranks = [np.ceil(round(float(each) * size, 9)) for each in in_order(exact_limits(size, 0.7))]
    assert ranks == [number(row[heading]) for heading in HEADINGS]


@pytest.mark.parametrize("row", spec_table("entonnoir", "limites"))
def test_the_curve_is_interpolated_as_published(row: dict[str, str]) -> None:
    limits = in_order(exact_limits(number(row["accueils"]), number(row["référence"])))
    assert limits == pytest.approx([number(row[heading]) for heading in HEADINGS], abs=5e-5)


@pytest.mark.parametrize("row", spec_table("entonnoir", "signalement"))
def test_the_flag_counts_exactly(row: dict[str, str]) -> None:
    counted = number(row["comptés"]), number(row["accueils"]), number(row["référence"])
    assert float(min(exact_tails(*counted))) == pytest.approx(
        number(row["probabilité d'un nombre aussi extrême"]), abs=5e-6
    )
    assert exact_position(*counted) == WORDS[row["lecture"]]


def longhand_position(count: int, size: int, rate: Fraction, tail: Fraction) -> int:
    """Term by term, in fractions."""
    terms = [comb(size, each) * rate**each * (1 - rate) ** (size - each) for each in range(size + 1)]
    few, many = sum(terms[: count + 1]), sum(terms[count:])
    assume(abs(few - tail) > Fraction(1, 10**12) and abs(many - tail) > Fraction(1, 10**12))
    return BELOW if few <= tail else ABOVE if many <= tail else WITHIN


@given(size=st.integers(1, 40), share=st.floats(0, 1), rate=st.floats(0.01, 0.99))
def test_a_structure_is_flagged_if_and_only_if_its_exact_tail_is_that_small(
    size: int, share: float, rate: float
) -> None:
    count = round(share * size)
    expected = longhand_position(count, size, Fraction(rate), Fraction(TAIL_998))
    assert exact_position(count, size, rate) == expected


@given(size=st.integers(1, 2000), rate=RATES)
def test_limits_are_nested_around_the_reference(size: int, rate: float) -> None:
    low_998, low_95, high_95, high_998 = in_order(exact_limits(size, rate))
    assert 0 <= low_998 <= low_95 <= rate <= high_95 <= high_998 <= 1


@given(size=st.integers(11, 500), rate=RATES)
def test_curve_and_flag_differ_by_one_record_at_most(size: int, rate: float) -> None:
    counts = np.arange(size + 1)
    position = exact_position(counts, size, rate)
    low, high = (limit * size for limit in in_order(exact_limits(size, rate))[:: len(HEADINGS) - 1])
    assert ((counts <= low - 1) <= (position == BELOW)).all()
    assert ((counts >= high + 1) <= (position == ABOVE)).all()
    assert ((position == BELOW) <= (counts < low + 1)).all()
    assert ((position == ABOVE) <= (counts > high - 1)).all()


@given(st.lists(st.tuples(st.integers(11, 300), st.floats(0, 1)), min_size=2, max_size=30), RATES, st.randoms())
def test_the_order_of_structures_changes_no_flag(drawn: list[tuple[int, float]], rate: float, random) -> None:  # type: ignore[no-untyped-def]
    size = np.array([each for each, _ in drawn])
    count = np.round(size * np.array([share for _, share in drawn]))
    order = random.sample(range(size.size), size.size)
    assert (exact_position(count, size, rate)[order] == exact_position(count[order], size[order], rate)).all()


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_where_nothing_is_left_to_chance_limits_are_the_reference(rate: float) -> None:
    sizes = np.array([11, 100])
    assert all((each == rate).all() for each in in_order(exact_limits(sizes, rate)))
    assert (exact_position(sizes * rate, sizes, rate) == WITHIN).all()


def test_sizes_and_references_are_broadcast() -> None:
    limits = exact_limits(np.array([20, 50]), np.array([0.7, 0.7]))
    assert limits.low_998[1] == exact_limits(50, 0.7).low_998
    assert limits.high_95[0] == exact_limits(20, 0.7).high_95


def test_the_outer_limits_are_taken_only_where_said() -> None:
    narrow = Limits(*(np.array([each, each]) for each in (0.3, 0.4, 0.6, 0.7)))
    wide = Limits(*(np.array([each, each]) for each in (0.2, 0.5, 0.5, 0.9)))
    outer = narrow.outer(wide, where=np.array([True, False]))
    assert [each.tolist() for each in in_order(outer)] == [[0.2, 0.3], [0.4, 0.4], [0.6, 0.6], [0.9, 0.7]]


def test_structures_that_do_not_differ_are_flagged_no_more_often_than_chance_has_it() -> None:
    random = np.random.default_rng(2025)
    size = random.integers(11, 300, (1500, 40))
    count = random.binomial(size, 0.7)
    reference = count.sum(axis=1, keepdims=True) / size.sum(axis=1, keepdims=True)
    flagged = exact_position(count, size, reference) != WITHIN
    spread = np.sqrt(0.002 * 0.998 / flagged.size)
    assert 0 < flagged.mean() <= 0.002 + 3 * spread
