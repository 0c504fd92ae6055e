"""Likeness: the spec tables of its page, longhand distances, and who is taken among equals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.likeness import FEWEST, MOST, differing, gower, jaccard, nearest, scaled_gap
from tests.statistics.tables import number, spec_table

UNKNOWN = "—"


def known(cell: str) -> float:
    return math.nan if cell == UNKNOWN else number(cell)


def offer(cell: str) -> list[str] | None:
    return None if cell == UNKNOWN else cell.split(", ")


@pytest.mark.parametrize("row", spec_table("pairs", "canaux"))
def test_offers_differ_by_what_they_do_not_share(row: dict[str, str]) -> None:
    found = jaccard([offer(row["une structure"]), offer(row["l'autre"])])
    assert found[0, 1] == pytest.approx(known(row["distance"]), abs=1e-6, nan_ok=True)
    assert found[1, 0] == pytest.approx(found[0, 1], nan_ok=True)


@pytest.mark.parametrize("row", spec_table("pairs", "distance"))
def test_the_distance_is_the_mean_of_the_facts_that_are_known(row: dict[str, str]) -> None:
    facts = [np.array([[known(row[name])]]) for name in ("réseau", "canaux", "demi-journées", "population")]
    assert gower(facts)[0, 0] == pytest.approx(known(row["distance"]), abs=1e-9, nan_ok=True)


def test_two_offers_of_nothing_are_alike() -> None:
    assert jaccard([[], []])[0, 1] == 0


def test_codes_differ_or_do_not() -> None:
    found = differing(["cio", "cio", "apec", None])
    assert found[0].tolist()[:3] == [0, 0, 1]
    assert np.isnan(found[3]).all()


def test_gaps_are_scaled_by_the_range_of_what_is_known() -> None:
    assert scaled_gap([0, 2, 10, math.nan])[0] == pytest.approx([0, 0.2, 1, math.nan], nan_ok=True)
    assert (scaled_gap([3, 3]) == 0).all()
    assert np.isnan(scaled_gap([math.nan, math.nan])).all()


AMOUNTS = st.one_of(st.just(math.nan), st.floats(0, 100))
OFFERS = st.one_of(st.none(), st.sets(st.sampled_from("abcde")))


@given(st.lists(st.tuples(st.sampled_from(["x", "y", None]), OFFERS, AMOUNTS), min_size=1, max_size=12))
def test_distances_are_symmetrical_and_nobody_is_far_from_itself(
    profiles: list[tuple[str | None, set[str] | None, float]],
) -> None:
    codes, offers, amounts = zip(*profiles, strict=True)
    distances = gower([differing(codes), jaccard(offers), scaled_gap(np.array(amounts))])
    assert np.array_equal(distances, distances.T, equal_nan=True)
    told = ~np.isnan(distances)
    assert ((distances[told] >= 0) & (distances[told] <= 1)).all()
    assert np.nan_to_num(np.diag(distances)).max() == 0


def on_a_line(*places: float) -> np.ndarray:
    return np.abs(np.subtract.outer(places, places)).astype(float)


def test_the_nearest_come_first_and_nobody_is_its_own_peer() -> None:
    found = nearest(on_a_line(*range(12)), [f"{each:02}" for each in range(12)])
    assert found[0] == list(range(1, 12))
    assert found[5][:4] == [4, 6, 3, 7]


def test_no_more_are_taken_than_the_most() -> None:
    names = [f"{each:02}" for each in range(30)]
    assert nearest(on_a_line(*range(30)), names)[0] == list(range(1, MOST + 1))
    assert [len(each) for each in nearest(on_a_line(*range(FEWEST + 1)), names[: FEWEST + 1])] == [FEWEST] * (
        FEWEST + 1
    )


def test_equals_are_taken_in_the_order_of_their_names() -> None:
    names = [f"{each:02}" for each in reversed(range(20))]
    assert [names[each] for each in nearest(on_a_line(*[1.0] * 20), names)[0]] == [f"{each:02}" for each in range(15)]


def test_noise_in_the_last_decimals_separates_nobody() -> None:
    places = [0.0, *(1 + each * 1e-14 for each in reversed(range(10)))]
    assert nearest(on_a_line(*places), [f"{each:02}" for each in range(11)])[0] == list(range(1, 11))


def test_with_too_few_to_compare_there_are_no_peers() -> None:
    assert nearest(on_a_line(*range(8)), list("abcdefgh")) == [[]] * 8
    apart = on_a_line(*range(9))
    apart[0, 1] = apart[1, 0] = math.nan
    found = nearest(apart, list("abcdefghi"))
    assert [len(each) for each in found] == [0, 0, *[8] * 7]
