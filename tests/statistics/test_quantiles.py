"""Quantiles of delays: the reference example, numpy's own definition, and what repetition must not change (methods 2)."""

import math
from collections import Counter
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipelines.statistics.quantiles import (
    QuantileRange,
    of_all_receptions,
    of_one_unit,
    of_structures,
    order_statistic_ranks,
    quantile,
)
from tests.statistics.tables import PAGES, number, spec_table

DELAYS = st.lists(st.integers(0, 60), min_size=20, max_size=300)


def example() -> list[int]:
    """The twenty delays that the page gives in a sentence."""
    text = (PAGES / "delais.md").read_text(encoding="utf-8")
    [sentence] = [line for line in text.splitlines() if line.startswith("Vingt attentes : ")]
    return [int(each) for each in sentence.removeprefix("Vingt attentes : ").removesuffix(".").split(", ")]


def cumulated(delays: list[int]) -> tuple[list[int], list[int]]:
    """Days met, in order, and how many waited at most that."""
    counts = Counter(delays)
    days = sorted(counts)
    return days, list(accumulate(counts[day] for day in days))


def literal_ranks(size: int, share: float) -> tuple[int | None, int | None]:
    """The definition of methods 2, term by term: P(B ≤ k) is a sum of binomial terms."""
    terms = [math.comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(size + 1)]
    low = [j for j in range(1, size + 1) if math.fsum(terms[:j]) <= 0.025]
    high = [j for j in range(1, size + 1) if math.fsum(terms[j:]) <= 0.025]
    return max(low, default=None), min(high, default=None)


def rank(text: str) -> int | None:
    return None if text == "aucun" else int(text)


@pytest.mark.parametrize("row", spec_table("delais", "vingt-attentes"), ids=str)
def test_the_reference_example(row: dict[str, str]) -> None:
    expected = QuantileRange(int(row["délai"]), rank(row["au moins"]), rank(row["au plus"]))
    assert of_one_unit(*cumulated(example()), number(row["part"])) == expected


@pytest.mark.parametrize("row", spec_table("delais", "rangs"), ids=str)
def test_order_statistic_ranks(row: dict[str, str]) -> None:
    expected = rank(row["rang bas"]), rank(row["rang haut"])
    assert order_statistic_ranks(int(row["accueils"]), number(row["part"])) == expected


def test_the_coverage_of_the_median_of_twenty() -> None:
    low, high = order_statistic_ranks(20, 0.5)
    assert low is not None
    assert high is not None
    covered = stats.binom.cdf(high - 1, 20, 0.5) - stats.binom.cdf(low - 1, 20, 0.5)
    assert covered == pytest.approx(0.95861, abs=5e-6)


@pytest.mark.parametrize(("wanted", "first"), [(0.5, 6), (0.9, 36)])
def test_an_upper_bound_exists_from_a_size_on(wanted: float, first: int) -> None:
    assert all(order_statistic_ranks(size, wanted)[1] is None for size in range(1, first))
    assert all(order_statistic_ranks(size, wanted)[1] is not None for size in range(first, first + 200))


@given(st.integers(1, 200), st.sampled_from([0.5, 0.75, 0.9]))
def test_ranks_are_their_definition(size: int, wanted: float) -> None:
    assert order_statistic_ranks(size, wanted) == literal_ranks(size, wanted)


@given(st.integers(6, 200), st.sampled_from([0.5, 0.9]))
def test_ranks_are_scipys(size: int, wanted: float) -> None:
    interval = stats.quantile_test(np.arange(1, size + 1), p=wanted).confidence_interval(0.95)
    expected = tuple(None if np.isnan(bound) else bound for bound in (interval.low, interval.high))
    assert order_statistic_ranks(size, wanted) == expected


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
        assert once.high is None or repeated.high <= once.high


def test_two_readings_of_a_network() -> None:
    counted = {
        row["structure"]: (int(row["accueils"]), int(row["attente de chacun"]))
        for row in spec_table("delais", "trois-structures")
    }
    days = sorted({wait for _, wait in counted.values()})
    receptions = sum(size for size, _ in counted.values())
    pooled = [sum(size for size, wait in counted.values() if wait <= day) / receptions for day in days]
    means = [np.mean([wait <= day for _, wait in counted.values()]) for day in days]
    expected = {row["lecture"]: int(row["médiane"]) for row in spec_table("delais", "deux-lectures")}
    assert quantile(days, means, 0.5) == expected["moyenne des structures"]
    assert quantile(days, pooled, 0.5) == expected["part des accueils"]


@given(st.lists(st.lists(st.integers(0, 30), min_size=5, max_size=40), min_size=5, max_size=9))
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


@pytest.mark.long
@pytest.mark.parametrize(("size", "wanted"), [(20, 0.5), (60, 0.5), (60, 0.9), (200, 0.9)])
def test_the_range_holds_the_true_quantile(size: int, wanted: float) -> None:
    """Without ties: seconds, from an exponential distribution; with ties the coverage is at least that."""
    draws = np.random.default_rng(3).exponential(100_000, (4_000, size)).astype(int)
    truth = stats.expon(scale=100_000).ppf(wanted)
    ranges = [of_one_unit(*cumulated(list(each)), wanted) for each in draws.tolist()]
    held = [(each.low is None or each.low <= truth) and (each.high is None or truth <= each.high) for each in ranges]
    assert 0.945 <= np.mean(held) <= 0.98
