"""Quantiles of delays: the published example, numpy's own definition, and what repetition must not change."""

from collections import Counter
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.measurement.delays import QuantileRange, of_all_receptions, of_one_unit, of_structures, quantile

EXAMPLE = [1, 2, 2, 3, 4, 5, 5, 6, 7, 9, 10, 12, 14, 15, 20, 21, 28, 30, 45, 60]
DELAYS = st.lists(st.integers(0, 60), min_size=20, max_size=300)


def cumulated(delays: list[int]) -> tuple[list[int], list[int]]:
    """Days met, in order, and how many waited at most that."""
    counts = Counter(delays)
    days = sorted(counts)
    return days, list(accumulate(counts[day] for day in days))


def test_the_published_example() -> None:
    days, counts = cumulated(EXAMPLE)
    assert of_one_unit(days, counts, 0.5) == QuantileRange(9, 5, 20)
    assert of_one_unit(days, counts, 0.9) == QuantileRange(30, 20, None)


@given(DELAYS, st.sampled_from([0.1, 0.5, 0.9]))
def test_the_quantile_is_numpys_inverted_cdf(delays: list[int], wanted: float) -> None:
    days, counts = cumulated(delays)
    expected = np.sort(delays)[int(np.ceil(round(len(delays) * wanted, 9))) - 1]
    assert of_one_unit(days, counts, wanted).value == expected
    if abs(len(delays) * wanted - round(len(delays) * wanted)) > 1e-6:
        assert expected == np.quantile(delays, wanted, method="inverted_cdf")


@given(DELAYS, st.sampled_from([2, 3, 7]))
def test_repeating_each_reception_changes_no_quantile(delays: list[int], times: int) -> None:
    for wanted in (0.5, 0.9):
        once = of_one_unit(*cumulated(delays), wanted)
        repeated = of_one_unit(*cumulated(delays * times), wanted)
        assert repeated.value == once.value
        assert once.low is None or repeated.low >= once.low


@given(st.lists(DELAYS, min_size=5, max_size=12))
def test_the_network_quantile_weighs_each_structure_the_same(structures: list[list[int]]) -> None:
    days = sorted({day for delays in structures for day in delays})
    shares = np.array([[np.mean(np.array(delays) <= day) for day in days] for delays in structures])
    means, deviations = shares.mean(axis=0), shares.std(axis=0, ddof=1)
    found = of_structures(days, list(means), list(deviations), len(structures), 0.5)
    weights = [(day, 1 / len(delays)) for delays in structures for day in delays]
    reached = next(day for day in days if sum(w for d, w in weights if d <= day) >= 0.5 * len(structures) - 1e-9)
    assert found.value == reached
    assert found.low is None or found.low <= found.value
    assert found.high is None or found.high >= found.value


@given(DELAYS)
def test_the_range_of_all_receptions_holds_the_quantile(delays: list[int]) -> None:
    days, counts = cumulated(delays)
    size = counts[-1]
    found = of_all_receptions(days, [count / size for count in counts], [float(size)] * len(days), 0.5)
    assert found.low <= found.value <= found.high


def test_no_quantile_below_the_first_share() -> None:
    assert quantile([1, 2], [0.4, 1.0], 0.5) == 2
    assert quantile([1, 2], [0.4, 0.6], 0.9) is None


def test_a_share_short_of_the_quantile_by_a_rounding_error_reaches_it() -> None:
    thirds = [1 / 3 + 1 / 6 - 1e-16, 1.0]
    assert quantile([3, 8], thirds, 0.5) == 3


@pytest.mark.parametrize("structures", [5, 6])
def test_structures_that_all_agree_have_a_range_of_one_day(structures: int) -> None:
    assert of_structures([4, 9], [0.8, 1.0], [0.0, 0.0], structures, 0.5) == QuantileRange(4, 4, 4)
