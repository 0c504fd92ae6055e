"""The Anhøj rules: published thresholds, runs that no gap lets through, and a literal second implementation."""

from __future__ import annotations

import math
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics.runs import fewest_expected, longest_expected, runs
from tests.statistics.tables import number, spec_table

Series = list[float | None]
WHOLE = st.lists(st.one_of(st.none(), st.integers(0, 6)), min_size=1, max_size=36).filter(
    lambda points: any(each is not None for each in points)
)


@pytest.mark.parametrize("row", spec_table("regles-anhoj", "seuils"), ids=lambda row: row["Points utiles"])
def test_thresholds_of_the_page(row: dict[str, str]) -> None:
    useful = int(row["Points utiles"])
    assert longest_expected(useful) == int(row["Plus longue suite sans signal"])
    assert fewest_expected(useful - 1) == int(row["Croisements, au moins"])


@pytest.mark.parametrize("row", spec_table("regles-anhoj", "suites"), ids=lambda row: row["Cas"])
def test_runs_of_the_page(row: dict[str, str]) -> None:
    points = [None if each == "–" else number(each) for each in row["Points"].split()]
    found = runs(points, number(row["Centre"]))
    assert (found.useful, found.longest, found.crossings) == tuple(
        int(row[name]) for name in ("Points utiles", "Plus longue suite", "Croisements")
    )
    assert found.signal == (None if row["Signal"] == "–" else row["Signal"])


def test_the_published_p_chart_has_no_signal() -> None:
    defective = (12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 8, 10, 5, 13, 11, 20, 18, 15, 9, 12, 7, 13, 9, 6)
    found = runs(defective, sum(defective) / len(defective))
    assert (found.longest, found.longest_expected, found.crossings, found.fewest_expected) == (5, 8, 13, 9)
    assert found.signal is None


@pytest.mark.parametrize(("points", "above"), [([1, 3], True), ([3, 1, 2], False), ([2, 2], None), ([3, None], True)])
def test_the_side_is_that_of_the_last_useful_point(points: Series, above: bool | None) -> None:
    assert runs(points, 2).above is above


@pytest.mark.parametrize(("useful", "longest"), [(0, 0), (1, 3), (11, 6), (12, 7), (22, 7), (23, 8)])
def test_the_logarithm_is_rounded_not_cut(useful: int, longest: int) -> None:
    assert longest_expected(useful) == longest


@pytest.mark.parametrize("pairs", range(1, 40))
def test_the_fewest_crossings_are_the_five_percent_quantile_of_a_coin(pairs: int) -> None:
    heads, reached = 0, 1.0
    while reached / 2**pairs < 0.05:
        heads += 1
        reached += comb(pairs, heads)
    assert fewest_expected(pairs) == heads


@settings(deadline=None)
@given(WHOLE, st.sampled_from([2, 3, 3.5]))
def test_a_literal_second_implementation_says_the_same(points: Series, centre: float) -> None:
    longest = crossings = pairs = useful = current = 0
    before: bool | None = None
    for each in points:
        if each is None:
            before = None
        if each is None or each == centre:
            continue
        above = each > centre
        current = current + 1 if above == before else 1
        pairs += before is not None
        crossings += before is not None and above != before
        useful, longest, before = useful + 1, max(longest, current), above
    found = runs(points, centre)
    assert (found.useful, found.longest, found.crossings) == (useful, longest, crossings)
    assert found.fewest_expected == fewest_expected(pairs)
    assert found.longest_expected == (round(math.log(useful, 2)) + 3 if useful else 0)


@settings(deadline=None)
@given(WHOLE)
def test_upside_down_or_back_to_front_the_signal_is_the_same(points: Series) -> None:
    found = runs(points, 3).signal
    assert runs([None if each is None else 6 - each for each in points], 3).signal == found
    assert runs(points[::-1], 3).signal == found
