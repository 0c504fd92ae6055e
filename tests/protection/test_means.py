"""A shown mean of structures, or a difference of shown means, never is that of one or two hidden structures."""

import pytest

from tests.protection.cubes import YEAR, cube, given, hidden, masked, mean_shown, modality, territory

NETWORK = dict.fromkeys(("structure", "reseau"), frozenset({"annee"}))
REGION = dict.fromkeys(("structure", "reseau", "region"), frozenset({"annee"}))
LARGE = [50] * 5

HELD = [
    # answers of each structure of a network → structures hidden; the mean is shown
    (LARGE, []),
    ([*LARGE, 9, 9, 9], ["s5", "s6", "s7"]),
    ([*LARGE, 4, 4, 4, 4], ["s5", "s6", "s7", "s8"]),  # none enters the mean
    ([*LARGE, 9, 4, 9], ["s0", "s5", "s6", "s7"]),  # two enter it: a third is hidden
]


@pytest.mark.parametrize(("told", "expected"), HELD)
def test_more_structures_are_hidden_where_that_keeps_the_mean(told: list[int], expected: list[str]) -> None:
    of = cube(territory([0] * len(told)), {YEAR: told}, NETWORK)
    found = masked(of)
    assert hidden(of, found, "structure", YEAR) == expected
    assert mean_shown(of, found, "reseau", "r0", YEAR)


def test_a_mean_that_cannot_be_kept_is_hidden_and_the_sum_is_not() -> None:
    of = cube(territory([0] * 8), {YEAR: [*LARGE, 9, 4, 9]}, NETWORK)
    out = {("structure", f"s{rank}", YEAR): rank < 5 for rank in range(8)}
    found = masked(of, given(of, out))
    assert hidden(of, found, "reseau", YEAR) == []
    assert not mean_shown(of, found, "reseau", "r0", YEAR)


def test_a_hidden_cell_has_no_mean_and_a_fact_has_always_one() -> None:
    of = cube(territory([0] * 3), {YEAR: [3, 3, 3]}, NETWORK)
    assert not mean_shown(of, masked(of), "reseau", "r0", YEAR)
    facts = cube(territory([0] * 3), {YEAR: [1, 1, 1]}, NETWORK, fact=True)
    assert mean_shown(facts, masked(facts), "reseau", "r0", YEAR)


def test_the_mean_of_an_earlier_edition_stays_as_it_was() -> None:
    of = cube(territory([0] * 5), {YEAR: LARGE}, NETWORK)
    settled = given(of, {("reseau", "r0", YEAR): True})
    settled.mean_was_shown[:] = False
    assert not mean_shown(of, masked(of, settled), "reseau", "r0", YEAR)


def test_a_hidden_mean_is_not_the_regions_less_the_others() -> None:
    """Two structures of r0 are hidden and out: r0's mean is hidden, and the region's with it, no other hiding any structure."""
    told = [*LARGE, 9, 4, 9, *LARGE, *LARGE]
    of = cube(territory([0] * 8 + [1] * 5 + [2] * 5), {YEAR: told}, REGION)
    out = {("structure", f"s{rank}", YEAR): told[rank] > 9 for rank in range(18)}
    found = masked(of, given(of, out))
    assert [mean_shown(of, found, "reseau", unit, YEAR) for unit in ("r0", "r1", "r2")] == [False, True, True]
    assert not mean_shown(of, found, "region", "bretagne", YEAR)


def test_a_second_network_hides_its_mean_where_that_keeps_the_regions() -> None:
    """r1 hides three structures that enter its mean: with the two of r0, five stand behind what the region leaves."""
    told = [*LARGE, 9, 4, 9, *LARGE, 9, 9, 9, *LARGE]
    of = cube(territory([0] * 8 + [1] * 8 + [2] * 5), {YEAR: told}, REGION)
    out = {("structure", f"s{rank}", YEAR): told[rank] > 9 for rank in range(21)}
    found = masked(of, given(of, out))
    assert [mean_shown(of, found, "reseau", unit, YEAR) for unit in ("r0", "r1", "r2")] == [False, False, True]
    assert mean_shown(of, found, "region", "bretagne", YEAR)


def test_a_networks_modality_of_two_structures_is_not_the_regions_less_the_others() -> None:
    """No structure is ever shown by modality; a mean of two is not stated, so that the region's less the others would be."""
    told = [*LARGE, *LARGE, 20, 20, 2, 2]
    of = cube(territory([0] * 5 + [1] * 5 + [2] * 4), {YEAR: told, modality("tchat"): told}, REGION)
    found = masked(of)
    shown = [mean_shown(of, found, "reseau", unit, modality("tchat")) for unit in ("r0", "r1")]
    assert shown == [False, True]
    assert mean_shown(of, found, "region", "bretagne", modality("tchat"))
