"""Ranges of shares against published and independently computed values (methods 1.1, 1.2)."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipelines.measurement.showing import state
from pipelines.statistics.proportions import (
    Z,
    design_effect,
    effective_size,
    jeffreys,
    size_within_population,
    wilson,
)
from tests.measurement.test_showing import shares
from tests.statistics.tables import number, spec_table

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
STATES = {"solide": "ok", "prudence": "prudence"}


def literal_wilson(count: float, size: float) -> tuple[float, float]:
    """The formula of methods 1.1, with `math` alone."""
    share, z = count / size, 1.959963984540054
    centre = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return centre - half, centre + half


def bounds(row: dict[str, str]) -> tuple[float, float]:
    return number(row["borne basse"]), number(row["borne haute"])


def whole(text: str) -> int | None:
    """A percentage of the page in whole percents; « aucun » is none."""
    return None if text == "aucun" else round(100 * number(text))


def test_the_level_is_that_of_the_methods() -> None:
    assert pytest.approx(1.959963984540054, abs=1e-15) == Z


@pytest.mark.parametrize("row", spec_table("proportions", "wilson"), ids=str)
def test_wilson_meets_its_reference(row: dict[str, str]) -> None:
    found = wilson(int(row["favorables"]), int(row["réponses"]))
    assert found == pytest.approx(bounds(row), abs=1e-6)


@pytest.mark.parametrize("row", spec_table("proportions", "jeffreys"), ids=str)
def test_jeffreys_meets_its_reference(row: dict[str, str]) -> None:
    found = jeffreys(int(row["favorables"]), int(row["réponses"]))
    assert found == pytest.approx(bounds(row), abs=1e-6)


@pytest.mark.parametrize("row", spec_table("proportions", "affichage"), ids=str)
def test_what_is_shown_of_a_share(row: dict[str, str]) -> None:
    size, opinion = int(row["réponses"]), row["avis"] == "oui"
    shown = shares((int(row["favorables"]), size), opinion=opinion)
    expected = tuple(whole(row[name]) for name in ("chiffre", "borne basse", "borne haute"))
    assert shown.select("valeur", "basse", "haute").row(0) == expected
    assert shown.select(state(shown["n"])).item() == STATES[row["état"]]


@pytest.mark.parametrize("row", spec_table("proportions", "grappes"), ids=str)
def test_records_that_resemble_each_other_count_for_fewer(row: dict[str, str]) -> None:
    count, size = int(row["favorables"]), int(row["réponses"])
    effective = effective_size(size, int(row["divisées par"]))
    assert wilson(count / size * effective, effective) == pytest.approx(bounds(row), abs=1e-6)


@pytest.mark.parametrize(
    ("cluster", "correlation", "effect"), [(1, 0.3, 1), (11, 0.1, 2), (5, 0, 1), (5, 1, 5), (3.5, 0.2, 1.5)]
)
def test_the_design_effect(cluster: float, correlation: float, effect: float) -> None:
    assert design_effect(cluster, correlation) == pytest.approx(effect)


@pytest.mark.parametrize("row", spec_table("proportions", "population"), ids=str)
def test_the_share_among_the_persons_received(row: dict[str, str]) -> None:
    count, size, population = int(row["favorables"]), int(row["réponses"]), row["personnes"]
    known = size if population == "aucune limite" else size_within_population(size, int(population))
    assert wilson(count / size * known, known) == pytest.approx(bounds(row), abs=1e-6)


def test_where_all_have_answered_there_is_no_range() -> None:
    with pytest.raises(ValueError, match="All have answered"):
        size_within_population(20, 20)
    with pytest.raises(ValueError, match="All have answered"):
        size_within_population(np.array([5, 20]), np.array([20, 20]))


@given(COUNTS, st.integers(1, 1000))
def test_a_finite_population_only_narrows(counts: tuple[int, int], more: int) -> None:
    size = counts[1]
    assert size_within_population(size, size + more) >= size
    assert size_within_population(size, 10**9) == pytest.approx(size, rel=1e-5)


@given(COUNTS)
def test_wilson_is_its_formula(counts: tuple[int, int]) -> None:
    assert wilson(*counts) == pytest.approx(literal_wilson(*counts), abs=1e-12)


@given(COUNTS)
def test_wilson_is_scipys(counts: tuple[int, int]) -> None:
    expected = stats.binomtest(*counts).proportion_ci(method="wilson")
    assert wilson(*counts) == pytest.approx((expected.low, expected.high), abs=1e-12)


@given(COUNTS)
def test_jeffreys_is_betas_quantiles_and_touches_the_ends(counts: tuple[int, int]) -> None:
    count, size = counts
    low, high = jeffreys(count, size)
    beta = stats.beta(count + 0.5, size - count + 0.5)
    assert low == (0 if count == 0 else pytest.approx(beta.ppf(0.025), abs=1e-9))
    assert high == (1 if count == size else pytest.approx(beta.ppf(0.975), abs=1e-9))


@pytest.mark.parametrize("interval", [wilson, jeffreys])
@given(counts=COUNTS)
def test_ranges_hold_the_share_stay_within_0_and_1_and_mirror(interval, counts: tuple[int, int]) -> None:
    count, size = counts
    low, high = interval(count, size)
    assert 0 <= low <= count / size <= high <= 1
    mirrored = interval(size - count, size)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(COUNTS, st.sampled_from([2, 3, 7]))
def test_more_of_the_same_narrows_the_range_and_leaves_the_share(counts: tuple[int, int], times: int) -> None:
    count, size = counts
    low, high = wilson(count, size)
    closer_low, closer_high = wilson(count * times, size * times)
    assert closer_high - closer_low < high - low


@given(COUNTS)
def test_wilson_of_a_column_is_wilson_of_each(counts: tuple[int, int]) -> None:
    count, size = counts
    columns = wilson(np.array([count, 0]), np.array([size, size]))
    assert (columns[0][0], columns[1][0]) == pytest.approx(wilson(count, size))
    assert columns[0][1] == 0.0


@pytest.mark.long
@pytest.mark.parametrize(("share", "size"), [(0.5, 12), (0.8, 30), (0.7, 60), (0.9, 120)])
def test_wilson_holds_the_true_share(share: float, size: int) -> None:
    counts = np.random.default_rng(1).binomial(size, share, 40_000)
    low, high = wilson(counts, size)
    assert 0.93 <= ((low <= share) & (share <= high)).mean() <= 0.975
