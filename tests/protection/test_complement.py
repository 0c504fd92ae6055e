"""Complementary masking: the worked cases of methods 7.8, then each rule by a small table."""

import numpy as np
import pytest

from pipelines.protection.rules import Rules
from pipelines.protection.sums import sums_of
from tests.protection.cubes import (
    THRESHOLDS,
    YEAR,
    cube,
    given,
    hidden,
    masked,
    modality,
    motive,
    slot,
    summed,
    territory,
)

MONTHS = [slot("mois", month) for month in (1, 2, 3)]
QUARTER = slot("trimestre", 1)
YEARLY = dict.fromkeys(("structure", "reseau", "departement", "region"), frozenset({"annee"}))
NETWORK = dict.fromkeys(("structure", "reseau"), frozenset({"annee"}))
"""A network and its structures alone: under a region of one or two networks, which is hidden, a network would be too."""
ALONE = {"structure": frozenset({"mois", "trimestre", "annee"})}


def quarter_of(*months: int) -> dict:
    return summed({when: [told] for when, told in zip(MONTHS, months, strict=True)})


def test_a_small_month_hides_another_one_where_none_is_published_yet() -> None:
    of = cube(territory([0]), quarter_of(12, 15, 3), ALONE)
    found = masked(of)
    assert [motive(of, found, "structure", "s0", when) for when in [*MONTHS, QUARTER]] == [
        "complement",
        "",
        "seuil",
        "",
    ]


def test_a_small_month_hides_the_quarter_where_the_other_months_are_out() -> None:
    of = cube(territory([0]), quarter_of(12, 15, 3), ALONE)
    out = {("structure", "s0", MONTHS[0]): True, ("structure", "s0", MONTHS[1]): True}
    found = masked(of, given(of, out))
    assert [motive(of, found, "structure", "s0", when) for when in [*MONTHS, QUARTER]] == [
        "",
        "",
        "seuil",
        "complement",
    ]


def test_a_hidden_quarter_hides_the_smallest_of_its_months() -> None:
    of = cube(territory([0]), quarter_of(11, 12, 13), ALONE)
    found = masked(of, given(of, {("structure", "s0", QUARTER): False}))
    assert [motive(of, found, "structure", "s0", when) for when in MONTHS] == ["complement", "", ""]


def test_months_that_are_all_too_fine_hide_no_quarter() -> None:
    of = cube(territory([0]), quarter_of(0, 0, 30), ALONE)
    found = masked(of, given(of, too_fine=["mois"]))
    assert motive(of, found, "structure", "s0", QUARTER) == ""


def test_a_year_is_hidden_where_one_quarter_is_and_the_others_are_out() -> None:
    told = summed({slot("mois", month): [3 if month == 1 else 2 if month < 4 else 20] for month in range(1, 13)})
    levels = {"structure": frozenset({"trimestre", "annee"})}
    of = cube(territory([0]), told, levels)
    quarters = [slot("trimestre", first) for first in (1, 4, 7, 10)]
    out = {("structure", "s0", when): rank > 0 for rank, when in enumerate(quarters)}
    assert motive(of, masked(of, given(of, out)), "structure", "s0", YEAR) == "complement"


MASKED_TOGETHER = [
    # answers of each structure, those masked → safe
    ([100, 200, 1], [1, 2], False),  # the structure of 200 would find the one person
    ([100, 200, 1, 14], [1, 2, 3], True),
    ([100, 200, 6, 14], [2, 3], False),  # two structures: each finds the other
    ([100, 4, 3, 3], [1, 2, 3], False),  # ten persons
    ([100, 4, 4, 3], [1, 2, 3], False),  # who counts four of them finds seven
    ([100, 9, 8, 3], [1, 2, 3], True),
    ([100, 9, 8, 3, 0], [1, 2, 4], False),  # an empty one protects nothing
]


@pytest.mark.parametrize("kind", ["reseau", "departement"])
@pytest.mark.parametrize(("told", "together", "safe"), MASKED_TOGETHER)
def test_masked_structures_are_safe_together(told: list[int], together: list[int], safe: bool, kind: str) -> None:
    # Outside the département's rule on networks: each structure has its own.
    of = cube(territory([0] * len(told), [0] * len(told)), {YEAR: told}, YEARLY)
    link = next(each for each in sums_of(of) if each.kind == kind)
    weak = Rules(of, THRESHOLDS, np.zeros(of.size, dtype=bool)).weakness(link, link.children[together], alone=False)
    assert bool(weak) is not safe


def test_the_smallest_structures_are_hidden_until_nobody_finds_another() -> None:
    of = cube(territory([0] * 5), {YEAR: [100, 14, 13, 60, 1]}, NETWORK)
    assert hidden(of, masked(of), "structure", YEAR) == ["s1", "s2", "s4"]


def test_a_network_is_hidden_where_its_own_structures_cannot_be_any_more() -> None:
    of = cube(territory([0] * 5), {YEAR: [100, 14, 13, 60, 1]}, NETWORK)
    out = {("structure", unit, YEAR): unit != "s4" for unit in ("s0", "s1", "s2", "s3", "s4")}
    found = masked(of, given(of, out))
    assert hidden(of, found, "structure", YEAR) == ["s4"]
    assert motive(of, found, "reseau", "r0", YEAR) == "complement"


def test_nothing_that_is_out_ever_changes() -> None:
    of = cube(territory([0] * 5), {YEAR: [100, 14, 13, 60, 1]}, NETWORK)
    out = {("structure", unit, YEAR): unit != "s4" for unit in ("s0", "s1", "s2", "s3", "s4")}
    found = masked(of, given(of, out | {("reseau", "r0", YEAR): True}))
    assert hidden(of, found, "structure", YEAR) == ["s4"]
    assert motive(of, found, "reseau", "r0", YEAR) == ""


IN_REGION = [
    # what four networks of three structures hold → networks hidden
    ([60, 60, 60, 60], []),
    ([60, 60, 60, 9], ["r0", "r1", "r3"]),  # r3 would be the region less the others; with r0 alone, r0 would find it
    ([60, 60, 9, 9], ["r0", "r2", "r3"]),  # r2 would find r3
]


@pytest.mark.parametrize(("told", "expected"), IN_REGION)
def test_no_network_finds_another_under_the_region(told: list[int], expected: list[str]) -> None:
    levels = {"reseau": frozenset({"annee"}), "region": frozenset({"annee"})}
    networks = [rank for rank in range(4) for _ in range(3)]
    shares = [part for total in told for part in (total // 3, total // 3, total - 2 * (total // 3))]
    of = cube(territory(networks), {YEAR: shares}, levels)
    assert hidden(of, masked(of), "reseau", YEAR) == expected


def test_a_network_inside_a_departement_finds_no_few_others() -> None:
    """r0 holds 12 + 12 + 12 of what is masked and would find the 4 of r1, had r1's next structure stayed."""
    told = [12, 12, 12, 4, 30, 50]
    of = cube(
        territory([0, 0, 0, 1, 1, 1], [0] * 6),
        {YEAR: told},
        {level: YEARLY[level] for level in ("structure", "departement")},
    )
    assert hidden(of, masked(of), "structure", YEAR) == ["s0", "s1", "s3", "s4"]


def test_structures_without_departement_do_not_hide_one_while_they_are_shown() -> None:
    told, places = [20] * 10, [0] * 4 + [1] * 5 + [-1]
    of = cube(territory([0, 1, 2, 0, 1, 2, 0, 1, 2, 0], places), {YEAR: told}, YEARLY)
    assert hidden(of, masked(of), "departement", YEAR) == []


def test_a_hidden_structure_without_departement_hides_the_smallest_departement() -> None:
    told, places = [*[20] * 9, 4], [0] * 4 + [1] * 5 + [-1]
    levels = {level: YEARLY[level] for level in ("structure", "departement", "region")}
    of = cube(territory([0, 1, 2, 0, 1, 2, 0, 1, 2, 0], places), {YEAR: told}, levels)
    assert hidden(of, masked(of), "departement", YEAR) == ["d0"]


OPINIONS = [
    # answers of each of four structures, favourable of each, structures hidden
    ([40, 41, 6, 6, 6], [20, 20, 2, 2, 2], ["s2", "s3", "s4"]),
    ([40, 41, 6, 6, 6], [20, 20, 6, 6, 6], ["s0", "s2", "s3", "s4"]),  # eighteen persons of one mind
    ([40, 41, 6, 6, 6], [20, 20, 0, 0, 0], ["s0", "s2", "s3", "s4"]),
    ([40, 41, 6, 6, 6], [20, 20, 6, 6, 4], ["s0", "s2", "s3", "s4"]),  # two of another mind
    ([40, 41, 6, 6, 6], [20, 20, 6, 6, 3], ["s2", "s3", "s4"]),
]


@pytest.mark.parametrize(("told", "favourable", "expected"), OPINIONS)
def test_masked_persons_are_not_of_one_mind(told: list[int], favourable: list[int], expected: list[str]) -> None:
    of = cube(territory([0] * len(told)), {YEAR: told}, NETWORK, favourable={YEAR: favourable})
    assert hidden(of, masked(of), "structure", YEAR) == expected


def test_a_sum_none_of_whose_parts_is_shown_tells_its_own_opinion_as_a_bound() -> None:
    of = cube(territory([0] * 3), {YEAR: [9, 9, 9]}, NETWORK, favourable={YEAR: [9, 9, 9]})
    assert motive(of, masked(of), "reseau", "r0", YEAR) == ""


def test_an_opinion_that_no_part_can_mend_hides_the_sum() -> None:
    told = {YEAR: [40, 30, 6, 6, 6]}
    of = cube(territory([0] * 5), told, NETWORK, favourable={YEAR: [20, 10, 6, 6, 6]})
    out = {("structure", f"s{rank}", YEAR): rank < 2 for rank in range(5)}
    assert motive(of, masked(of, given(of, out)), "reseau", "r0", YEAR) == "avis"


CHANNELS = [
    # what each of three structures holds of each modality → modalities hidden, beside the one of records that do not say
    ({"presentiel": [30, 30, 30], "telephone": [10, 20, 20], "inconnue": [0, 0, 0]}, set()),
    ({"presentiel": [30, 30, 30], "telephone": [1, 1, 1], "inconnue": [0, 0, 0]}, {"presentiel", "telephone"}),
    ({"presentiel": [30, 30, 30], "telephone": [10, 20, 20], "inconnue": [2, 2, 2]}, {"telephone"}),
    ({"presentiel": [30, 30, 30], "telephone": [10, 20, 20], "inconnue": [20, 20, 20]}, set()),
]


@pytest.mark.parametrize(("told", "expected"), CHANNELS)
def test_no_modality_is_the_year_less_the_others(told: dict[str, list[int]], expected: set[str]) -> None:
    levels = {"reseau": frozenset({"annee"})}
    slots = {modality(code): parts for code, parts in told.items()}
    of = cube(territory([0] * 3), {YEAR: np.sum(list(told.values()), axis=0)} | slots, levels)
    found = masked(of)
    shown = {code for code in told if not hidden(of, found, "reseau", modality(code))}
    assert set(told) - shown - {"inconnue"} == expected


def test_a_structure_inside_masked_modalities_finds_no_few_others() -> None:
    """Of the 22 masked in two modalities, one structure holds 20."""
    told = {"presentiel": [90, 90, 90], "tchat": [30, 30, 30], "telephone": [10, 1, 0], "courriel": [10, 0, 1]}
    slots = {modality(code): parts for code, parts in told.items()}
    of = cube(territory([0] * 3), {YEAR: np.sum(list(told.values()), axis=0)} | slots, {"reseau": frozenset({"annee"})})
    found = masked(of)
    shown = [code for code in told if not hidden(of, found, "reseau", modality(code))]
    assert shown == ["presentiel"]


FACTS = [
    # structures of each network that say it → networks hidden: three structures at least are masked together
    ([3, 4, 2], ["r0", "r2"]),
    ([1, 1, 4, 4], ["r0", "r1", "r2"]),
    ([1, 2, 4, 4], ["r0", "r1"]),
]


@pytest.mark.parametrize(("saying", "expected"), FACTS)
def test_facts_are_added_up_by_structures(saying: list[int], expected: list[str]) -> None:
    levels = dict.fromkeys(("structure", "reseau", "region"), frozenset({"annee"}))
    networks = [rank for rank, structures in enumerate(saying) for _ in range(structures)]
    of = cube(territory(networks), {YEAR: [1] * len(networks)}, levels, fact=True)
    found = masked(of)
    assert hidden(of, found, "structure", YEAR) == []
    assert hidden(of, found, "reseau", YEAR) == expected


def test_without_the_complement_a_subtraction_gives_a_small_cell() -> None:
    of = cube(territory([0] * 5), {YEAR: [100, 14, 13, 60, 1]}, NETWORK)
    assert hidden(of, masked(of, complement=False), "structure", YEAR) == ["s4"]
