"""The primary rule, by small tables: what a cell holds says whether it may be shown, before any sum."""

import numpy as np
import pytest

from tests.protection.cubes import YEAR, cube, given, hidden, masked, modality, motive, slot, territory

AT_STRUCTURE = [
    # answers of each part → motive
    ([11], ""),
    ([10], "seuil"),
    ([0], "seuil"),
    ([40, 11], ""),
    ([40, 10], "seuil"),
    ([40, 0], ""),  # nobody recorded the second part: there is no person in it to protect
]

IN_NETWORK = [
    # answers of each structure → motive
    ([40, 30, 30], ""),
    ([50, 50], "structures"),
    ([50, 50, 0], "structures"),
    ([3, 3, 4], "seuil"),
    ([90, 5, 5], "plus_grande"),
    ([86, 7, 7], "part"),
    ([85, 8, 7], ""),
    ([0, 0, 0], "seuil"),
]

IN_REGION = [
    # networks of structures, answers of each → motive
    ([0, 0, 1, 1, 2, 2], [20] * 6, ""),
    ([0, 0, 0, 1, 1, 1], [20] * 6, "reseaux"),
    ([0, 0, 1, 1, 2, 2], [20, 20, 20, 20, 0, 0], "reseaux"),
    ([0, 1, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1], "seuil"),
    ([0, 1, 2, 2, 2, 2], [90, 1, 1, 1, 1, 1], "plus_grande"),
]

FACTS = [
    # level, structures that say it → motive
    ("structure", 1, ""),
    ("structure", 0, "structures"),
    ("reseau", 3, ""),
    ("reseau", 2, "structures"),
    ("departement", 3, ""),
    ("departement", 2, "structures"),
    ("region", 3, ""),
    ("region", 2, "structures"),
]


@pytest.mark.parametrize(("parts", "expected"), AT_STRUCTURE)
def test_a_structure_is_shown_on_its_smallest_recorded_part(parts: list[int], expected: str) -> None:
    of = cube(territory([0]), {YEAR: np.array([parts])})
    assert motive(of, masked(of, complement=False), "structure", "s0", YEAR) == expected


@pytest.mark.parametrize(("told", "expected"), IN_NETWORK)
@pytest.mark.parametrize("level", ["reseau", "departement"])
def test_a_group_of_structures_is_not_one_or_two_of_them(level: str, told: list[int], expected: str) -> None:
    of = cube(territory([0] * len(told), [0] * len(told)), {YEAR: told})
    assert motive(of, masked(of, complement=False), level, f"{level[0]}0", YEAR) == expected


@pytest.mark.parametrize(("networks", "told", "expected"), IN_REGION)
def test_the_region_is_made_of_three_networks(networks: list[int], told: list[int], expected: str) -> None:
    of = cube(territory(networks), {YEAR: told})
    assert motive(of, masked(of, complement=False), "region", "bretagne", YEAR) == expected


@pytest.mark.parametrize(("level", "saying", "expected"), FACTS)
def test_a_fact_of_organisation_needs_three_structures_and_no_persons(level: str, saying: int, expected: str) -> None:
    of = cube(territory([0] * 4, [0] * 4), {YEAR: [1] * saying + [0] * (4 - saying)}, fact=True)
    unit = {"structure": "s0", "reseau": "r0", "departement": "d0", "region": "bretagne"}[level]
    assert motive(of, masked(of, complement=False), level, unit, YEAR) == expected


def test_what_records_do_not_say_is_no_modality_to_show() -> None:
    told = [20, 30, 40]
    of = cube(territory([0] * 3), {YEAR: told, modality("presentiel"): told, modality("inconnue"): told})
    found = masked(of, complement=False)
    assert motive(of, found, "reseau", "r0", modality("presentiel")) == ""
    assert motive(of, found, "reseau", "r0", modality("inconnue")) == "inconnue"


def test_a_structures_modality_is_no_cell_at_all() -> None:
    of = cube(territory([0] * 3), {YEAR: [50] * 3, modality("presentiel"): [50] * 3})
    assert hidden(of, masked(of, complement=False), "structure", modality("presentiel")) == ["s0", "s1", "s2"]
    assert not of.exists[of.cells("structure", 1)].any()


def test_a_period_finer_than_the_step_is_hidden_whatever_it_holds() -> None:
    month = slot("mois", 1)
    of = cube(territory([0] * 3), {month: [50] * 3})
    found = masked(of, given(of, too_fine=["mois"]), complement=False)
    assert [motive(of, found, "structure", unit, month) for unit in ("s0", "s1", "s2")] == ["pas"] * 3
    assert motive(of, found, "reseau", "r0", month) == ""


def test_a_near_indicator_counts_for_its_network_alone() -> None:
    of = cube(territory([0] * 3 + [1] * 3 + [2] * 3), {YEAR: [20] * 9}, near={YEAR: [20] * 3 + [0] * 6})
    found = masked(of, complement=False)
    assert hidden(of, found, "reseau", YEAR) == []
    assert motive(of, found, "region", "bretagne", YEAR) == "reseaux"
