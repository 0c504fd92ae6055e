"""Krippendorff's alpha: his own example, a second implementation by all pairs, and what must not change it (methods 3)."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.agreement import Level, alpha, label
from tests.statistics.tables import number, spec_table

LEVELS: dict[str, Level] = {"nominale": "nominal", "ordinale": "ordinal", "par intervalles": "interval"}
LABELS = {"concordance faible": "faible", "à interpréter avec prudence": "prudence", "bonne": "bonne"}
LEVEL = st.sampled_from(list(LEVELS.values()))
Ratings = list[list[float | None]]


@st.composite
def ratings(draw: st.DrawFn) -> Ratings:
    """Two to five observers of one to twelve units, few values, many missing."""
    observers, units = draw(st.integers(2, 5)), draw(st.integers(1, 12))
    value = st.none() | st.sampled_from([1, 2, 3, 4, 7.5])
    return draw(st.lists(st.lists(value, min_size=units, max_size=units), min_size=observers, max_size=observers))


def distance(one: float, other: float, everyone: list[float], level: Level) -> float:
    """The squared distance of two values, from the list of all values that are compared."""
    if level == "nominal":
        return float(one != other)
    if level == "interval":
        return (one - other) ** 2
    low, high = sorted((one, other))
    between = sum(low <= each <= high for each in everyone)
    ends = (everyone.count(one) + everyone.count(other)) / 2
    return (between - ends) ** 2 if one != other else 0.0


def by_all_pairs(table: Ratings, level: Level) -> float | None:
    """1 − the mean distance within units / the mean distance of all pairs: no matrix, pair by pair."""
    units = [[each for each in unit if each is not None] for unit in zip(*table, strict=True)]
    compared = [unit for unit in units if len(unit) >= 2]
    everyone = [each for unit in compared for each in unit]
    observed = sum(
        distance(*pair, everyone, level) / (len(unit) - 1) for unit in compared for pair in permutations(unit, 2)
    )
    expected = sum(2 * distance(*pair, everyone, level) for pair in combinations(everyone, 2))
    if not expected:
        return None
    return 1 - (observed / len(everyone)) / (expected / (len(everyone) * (len(everyone) - 1)))


def observers() -> Ratings:
    rows = [list(row.values())[1:] for row in spec_table("accord", "observateurs")]
    return [[None if each == "*" else float(each) for each in row] for row in rows]


def numbers(text: str) -> list[float | None]:
    return [float(each) for each in text.split()]


@pytest.mark.parametrize("row", spec_table("accord", "alphas"), ids=str)
def test_alpha_meets_krippendorffs_own_example(row: dict[str, str]) -> None:
    expected = pytest.approx(number(row["alpha"]), abs=1e-6)
    assert alpha(observers(), LEVELS[row["façon"]]) == expected
    assert by_all_pairs(observers(), LEVELS[row["façon"]]) == expected


@pytest.mark.parametrize("row", spec_table("accord", "deux-regards"), ids=str)
def test_two_views_may_agree_in_order_and_not_in_height(row: dict[str, str]) -> None:
    teams, people = numbers(row["équipes"]), numbers(row["personnes"])
    expected = None if row["alpha"] == "aucun" else pytest.approx(number(row["alpha"]), abs=1e-6)
    assert alpha([teams, people], "interval") == expected
    assert np.mean(teams) - np.mean(people) == number(row["écart"])


@pytest.mark.parametrize("row", spec_table("accord", "mots"), ids=str)
def test_how_an_alpha_reads(row: dict[str, str]) -> None:
    assert label(number(row["alpha"])) == LABELS[row["mot"]]


@given(ratings(), LEVEL)
def test_alpha_is_that_of_all_pairs(table: Ratings, level: Level) -> None:
    found, expected = alpha(table, level), by_all_pairs(table, level)
    assert found == (expected if expected is None else pytest.approx(expected, abs=1e-9))


@given(ratings(), LEVEL, st.randoms(use_true_random=False))
def test_the_order_of_observers_and_of_units_is_nothing(table: Ratings, level: Level, shuffled) -> None:
    units = list(zip(*table, strict=True))
    shuffled.shuffle(units)
    observers = [list(each) for each in zip(*units, strict=True)]
    shuffled.shuffle(observers)
    expected = alpha(table, level)
    assert alpha(observers, level) == (expected if expected is None else pytest.approx(expected, abs=1e-9))


@given(ratings(), LEVEL)
def test_a_unit_that_one_observer_alone_has_seen_is_nothing(table: Ratings, level: Level) -> None:
    alone = [[*row, 2.0 if rank == 0 else None] for rank, row in enumerate(table)]
    expected = alpha(table, level)
    assert alpha(alone, level) == (expected if expected is None else pytest.approx(expected, abs=1e-9))


@given(ratings(), st.sampled_from(["nominal", "ordinal"]))
def test_only_the_order_of_values_counts_where_they_are_ordinal(table: Ratings, level: Level) -> None:
    stretched = [[None if each is None else each**3 for each in row] for row in table]
    assert alpha(stretched, level) == alpha(table, level)


@given(ratings(), LEVEL)
def test_alpha_is_at_most_1_which_is_full_agreement(table: Ratings, level: Level) -> None:
    found = alpha(table, level)
    units = [{each for each in unit if each is not None} for unit in zip(*table, strict=True)]
    assert found is None or (found == 1) == all(len(unit) <= 1 for unit in units)
    assert found is None or found <= 1


@pytest.mark.parametrize("table", [[[1, None], [None, 2]], [[2, 2], [2, 2]], [[None, None]], [[1, 2, 3]]])
def test_alpha_is_not_defined_without_pairs_or_variation(table: Ratings) -> None:
    assert [alpha(table, level) for level in LEVELS.values()] == [None, None, None]


def test_a_missing_value_may_be_told_as_nan() -> None:
    told = [[float("nan") if each is None else each for each in row] for row in observers()]
    assert alpha(told, "ordinal") == alpha(observers(), "ordinal")
