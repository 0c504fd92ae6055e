"""How a figure leaves: the tables of methods 1.5 and 7.6."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.measurement.intervals import wilson
from pipelines.measurement.showing import Shown, band, response_class, share, state, too_few_answers, unanimity

BANDS = [(11, "11-19"), (19, "11-19"), (20, "20-49"), (49, "20-49"), (50, "50-99"), (99, "50-99"), (100, "100+")]
CLASSES = [(49, "0-49"), (50, "50-74"), (74, "50-74"), (75, "75-89"), (89, "75-89"), (90, "90-100"), (100, "90-100")]
SHARES = [
    # estimate, bounds, size → value, low, high
    (0.745, (0.701, 0.789), 400, 75, 70, 79),
    (0.744, (0.70, 0.79), 400, 74, 70, 79),
    (0.745, (0.61, 0.87), 49, 75, 60, 90),
    (1.0, (0.93, 1.0), 55, 100, 93, 100),
    (0.0, (0.0, 0.07), 55, 0, 0, 7),
]
UNANIMITY = [
    # count, size → low, high (a bound), or nothing
    (0, 12, (0, 25)),
    (2, 30, (0, 10)),
    (12, 12, (75, 100)),
    (29, 30, (90, 100)),
    (3, 30, None),
    (27, 30, None),
]


@pytest.mark.parametrize(("size", "name"), BANDS)
def test_bands(size: int, name: str) -> None:
    assert band(size) == name


@pytest.mark.parametrize(("answered", "name"), CLASSES)
def test_response_classes(answered: int, name: str) -> None:
    assert response_class(answered, 100) == name


@pytest.mark.parametrize(("estimate", "bounds", "size", "value", "low", "high"), SHARES)
def test_shares_are_whole_and_bounds_outward(estimate, bounds, size, value, low, high) -> None:
    assert share(estimate, bounds, size) == Shown(value, low, high)


def test_a_range_too_wide_is_shown_without_its_point() -> None:
    assert share(0.5, (0.25, 0.75), 15) == Shown(None, 25, 75, "fourchette_trop_large")


@pytest.mark.parametrize(("count", "size", "bounds"), UNANIMITY)
def test_an_opinion_is_never_unanimous(count: int, size: int, bounds: tuple[int, int] | None) -> None:
    shown = unanimity(count, size)
    assert (shown and (shown.low, shown.high)) == bounds
    assert shown is None or shown.value is None


@given(st.integers(11, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_bounds_are_rounded_outward(counts: tuple[int, int]) -> None:
    count, size = counts
    low, high = wilson(count, size)
    shown = share(count / size, (low, high), size)
    assert shown.low <= 100 * low + 1e-6
    assert shown.high >= 100 * high - 1e-6
    assert shown.value is None or shown.low <= shown.value <= shown.high


def test_states_and_non_response() -> None:
    assert [state(size) for size in (11, 29, 30)] == ["prudence", "prudence", "ok"]
    assert too_few_answers(49, 100)
    assert not too_few_answers(50, 100)
