"""Over-dispersion: the spec tables of its page, and when limits are left as they are."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.dispersion import dispersion, widened_limits, widened_position
from pipelines.statistics.funnel import ABOVE, BELOW, WITHIN
from tests.statistics.tables import number, spec_table

STRUCTURES = spec_table("surdispersion", "structures")
COUNT = np.array([number(row["comptés"]) for row in STRUCTURES])
SIZE = np.array([number(row["accueils"]) for row in STRUCTURES])
REFERENCE = COUNT.sum() / SIZE.sum()


def test_the_ten_structures_are_dispersed_as_published() -> None:
    (row,) = spec_table("surdispersion", "dispersion")
    found = dispersion(COUNT, SIZE, REFERENCE)
    assert pytest.approx(number(row["référence"]), abs=5e-8) == REFERENCE
    assert found.phi == pytest.approx(number(row["φ"]), abs=1e-6)
    assert found.tau_squared == pytest.approx(number(row["τ²"]), abs=1e-9)
    assert found.beyond_chance
    assert found.structures == 10


@pytest.mark.parametrize("row", spec_table("surdispersion", "limites"))
def test_limits_are_widened_as_published(row: dict[str, str]) -> None:
    tau_squared = dispersion(COUNT, SIZE, REFERENCE).tau_squared
    limits = widened_limits(number(row["accueils"]), REFERENCE, tau_squared)
    found = [limits.low_998, limits.low_95, limits.high_95, limits.high_998]
    named = ("bas 99,8 %", "bas 95 %", "haut 95 %", "haut 99,8 %")
    assert found == pytest.approx([number(row[name]) for name in named], abs=1e-6)


def longhand(count: np.ndarray, size: np.ndarray, reference: float) -> tuple[float, float]:
    """φ and τ², one structure after the other."""
    scores = sorted(
        2 * math.sqrt(n) * (math.asin(math.sqrt(y / n)) - math.asin(math.sqrt(reference)))
        for y, n in zip(count, size, strict=True)
        if n >= 5
    )

    def percentile(share: float) -> float:
        place = share * (len(scores) - 1)
        below = math.floor(place)
        above = min(below + 1, len(scores) - 1)
        return scores[below] + (place - below) * (scores[above] - scores[below])

    low, high = percentile(0.1), percentile(0.9)
    phi = sum(min(max(score, low), high) ** 2 for score in scores) / len(scores)
    weights = [4 * n for n in size if n >= 5]
    excess = len(scores) * phi - (len(scores) - 1)
    if len(scores) < 10 or excess <= 0:
        return phi, 0.0
    return phi, excess / (sum(weights) - sum(weight**2 for weight in weights) / sum(weights))


@given(st.lists(st.tuples(st.integers(1, 300), st.floats(0, 1)), min_size=1, max_size=30))
def test_a_longhand_dispersion_agrees(drawn: list[tuple[int, float]]) -> None:
    size = np.array([each for each, _ in drawn])
    count = np.round(size * np.array([share for _, share in drawn]))
    found = dispersion(count, size, count.sum() / size.sum())
    if not (size >= 5).any():
        assert math.isnan(found.phi)
        return
    phi, tau_squared = longhand(count, size, count.sum() / size.sum())
    assert found.phi == pytest.approx(phi, abs=1e-9)
    assert found.tau_squared == pytest.approx(tau_squared, abs=1e-9)


def test_nine_structures_widen_nothing() -> None:
    assert not dispersion(COUNT[:9], SIZE[:9], REFERENCE).beyond_chance


def test_structures_that_are_too_small_say_nothing() -> None:
    with_small = dispersion(np.append(COUNT, [0, 4]), np.append(SIZE, [4, 4]), REFERENCE)
    assert with_small == dispersion(COUNT, SIZE, REFERENCE)
    assert dispersion([1], [4], 0.5).structures == 0


def test_a_few_structures_apart_do_not_hide_themselves() -> None:
    size = np.full(40, 100)
    count = np.append(np.full(38, 70), [20, 20])
    assert dispersion(count, size, 0.7).phi < 1


@given(size=st.integers(5, 2000), rate=st.floats(0, 1), tau_squared=st.floats(0, 1))
def test_widened_limits_are_nested_and_never_leave_the_shares(size: int, rate: float, tau_squared: float) -> None:
    limits = widened_limits(size, rate, tau_squared)
    slack = 1e-12
    assert 0 <= limits.low_998 <= limits.low_95 <= rate + slack
    assert rate - slack <= limits.high_95 <= limits.high_998 <= 1


@given(size=st.integers(5, 300), rate=st.floats(0.01, 0.99), tau_squared=st.floats(0, 0.2), share=st.floats(0, 1))
def test_a_structure_lies_beyond_the_limit_that_is_drawn(
    size: int, rate: float, tau_squared: float, share: float
) -> None:
    count = round(share * size)
    limits = widened_limits(size, rate, tau_squared)
    position = widened_position(count, size, rate, tau_squared)
    if min(abs(count / size - limits.low_998), abs(count / size - limits.high_998)) > 1e-9:
        drawn = BELOW if count / size < limits.low_998 else ABOVE if count / size > limits.high_998 else WITHIN
        assert position == drawn
