"""Whatever a small cube holds: no small cell can be computed back exactly, and every rule holds when asked again, naively."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.protection.cube import Cube, Slot
from pipelines.protection.mask import Masked
from tests.protection.cubes import (
    EVERY_STEP,
    THRESHOLDS,
    YEAR,
    cube,
    every_cell,
    masked,
    modality,
    slot,
    summed,
    territory,
)
from tests.protection.cubes import given as settled

FLOOR, FEW = THRESHOLDS.persons.value, THRESHOLDS.opinion_few.value
MONTHS = [slot("mois", month) for month in (1, 2, 3)]
QUARTER = slot("trimestre", 1)
CODES = ("presentiel", "telephone", "inconnue")
NUMBERS = st.one_of(st.integers(0, 14), st.integers(0, 60))
FULL = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Key = tuple[str, str, Slot]
Named = tuple[str, Key, list[Key]]


@st.composite
def quarters(draw: st.DrawFn, *, opinion: bool = False) -> Cube:
    """A quarter and its months, of up to three networks."""
    place = territory(draw(st.lists(st.integers(0, 2), min_size=2, max_size=9).map(_every_network)))
    size = len(place.structures)
    told = {when: draw(st.lists(NUMBERS, min_size=size, max_size=size)) for when in MONTHS}
    levels = dict.fromkeys(("structure", "reseau", "region"), EVERY_STEP)
    if not opinion:
        return cube(place, summed(told), levels)
    of = {when: [draw(st.integers(0, n)) for n in counts] for when, counts in told.items()}
    return cube(place, summed(told), levels, favourable=summed(of))


@st.composite
def years(draw: st.DrawFn) -> Cube:
    """A year by structure, network, département, region, and by modality; one or two parts."""
    networks = draw(st.lists(st.integers(0, 3), min_size=3, max_size=12).map(_every_network))
    place = territory(networks, draw(st.lists(st.integers(-1, 2), min_size=len(networks), max_size=len(networks))))
    parts = draw(st.integers(1, 2))
    shape = st.lists(st.lists(NUMBERS, min_size=parts, max_size=parts), min_size=len(networks), max_size=len(networks))
    slots = {modality(code): np.array(draw(shape)) for code in CODES}
    levels = dict.fromkeys(("structure", "reseau", "departement", "region"), frozenset({"annee"}))
    return cube(place, {YEAR: np.sum(list(slots.values()), axis=0)} | slots, levels)


def _every_network(drawn: list[int]) -> list[int]:
    """Ranks without a hole."""
    ranks = sorted(set(drawn))
    return [ranks.index(each) for each in drawn]


def contents(of: Cube) -> dict[Key, np.ndarray]:
    return dict(zip(every_cell(of), of.n, strict=True))


def shown(of: Cube, found: Masked) -> set[Key]:
    return {key for key, motive in zip(every_cell(of), found.motives, strict=True) if motive == 0}


def sums(of: Cube) -> Iterator[Named]:
    """Every published sum, written by hand: its kind, what is summed, its parts."""
    place = of.territory
    within = {
        name: [s for s, r in zip(place.structures, place.network_of, strict=True) if place.networks[r] == name]
        for name in place.networks
    }
    near = {
        rank: [s for s, d in zip(place.structures, place.department_of, strict=True) if d == rank]
        for rank in range(len(place.departments) + 1)
    }
    for when in of.slots:
        if when.whole:
            for network, structures in within.items():
                yield "reseau", ("reseau", network, when), [("structure", each, when) for each in structures]
        yield "region", ("region", "bretagne", when), [("reseau", each, when) for each in place.networks]
    if YEAR in of.slots:
        for rank, department in enumerate(place.departments):
            yield "departement", ("departement", department, YEAR), [("structure", each, YEAR) for each in near[rank]]
        if place.departments:
            parts = [("departement", each, YEAR) for each in place.departments]
            nowhere = [("structure", each, YEAR) for each in near[len(place.departments)]]
            yield "departements", ("region", "bretagne", YEAR), parts + nowhere
        for level in ("reseau", "region"):
            for unit in place.units(level):
                yield "ventilation", (level, unit, YEAR), [(level, unit, modality(code)) for code in CODES]
    else:
        for level in ("structure", "reseau", "region"):
            for unit in place.units(level):
                yield "temps", (level, unit, QUARTER), [(level, unit, when) for when in MONTHS]


def determined(of: Cube, found: Masked) -> set[Key]:
    """The hidden cells, with somebody in them, that exact algebra gives to who knows every shown one."""
    told, seen = contents(of), shown(of, found)
    unknown = {
        key: rank
        for rank, key in enumerate(
            k for k in told if told[k].any() and k not in seen and (k[2].whole or k[0] != "structure")
        )
    }
    rows = []
    for _, whole, parts in sums(of):
        row = np.zeros(len(unknown))
        for key, sign in [(whole, -1), *((part, 1) for part in parts)]:
            if key in unknown:
                row[unknown[key]] = sign
        rows.append(row)
    matrix = np.array(rows)
    rank = np.linalg.matrix_rank(matrix) if unknown else 0
    return {
        key
        for key, at in unknown.items()
        if np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(unknown))[at]])) == rank
    }


def weaknesses(of: Cube, found: Masked, link: Named) -> list[str]:
    """What OK(U) says of a sum, part by part, with plain loops."""
    kind, whole, parts = link
    told, seen = contents(of), shown(of, found)
    hidden = [part for part in parts if told[part].any() and part not in seen]
    beside = [part for part in parts if part in seen]
    if whole not in seen:
        # Of one or two networks the region is not shown apart, nor is it a secret.
        networks = [told[key] > 0 for key in told if key[0] == "reseau" and key[2] == whole[2]]
        few_networks = whole[0] == "region" and any(0 < each < 3 for each in sum(networks))
        empty = told[whole].any() and not hidden and beside and not few_networks
        return ["rebuilt"] if empty else []
    if not hidden or (kind in {"temps", "ventilation"} and not beside):
        return []
    return [word for part in range(of.n.shape[1]) for word in _weak_part(of, kind, hidden, bool(beside), part)]


def _weak_part(of: Cube, kind: str, hidden: list[Key], beside: bool, part: int) -> Iterator[str]:
    told = contents(of)
    held = [int(told[key][part]) for key in hidden if told[key][part]]
    total = sum(held)
    if not total:
        return
    if total < FLOOR:
        yield "few"
    alone = kind == "ventilation" and all(key[2].modality == "inconnue" for key in hidden)
    structures = [int(told[key][part]) for key in hidden if key[0] == "structure" and told[key][part]]
    only = kind in {"reseau", "departement"} or (kind == "departements" and len(structures) == len(held))
    if len(held) < (3 if only else 2) and not alone:
        yield "members"
    heads = held if kind == "region" else structures if kind != "temps" else []
    if heads and not alone and total - max(heads) < FLOOR:
        yield "largest"
    for insider in _insiders(of, kind, hidden):
        rest = total - sum(int(_known(of, insider, key)[part]) for key in hidden)
        if 0 < rest < FLOOR:
            yield f"insider {insider}"
    if of.favourable is not None and beside:
        favourable = dict(zip(every_cell(of), of.favourable, strict=True))
        of_all = sum(int(favourable[key][0]) for key in hidden)
        if min(of_all, total - of_all) < FEW:
            yield "opinion"


def _insiders(of: Cube, kind: str, hidden: list[Key]) -> list[str]:
    levels = {key[0] for key in hidden}
    if kind in {"departement", "departements"} or (kind in {"temps", "ventilation"} and levels == {"region"}):
        return list(of.territory.networks)
    return list(of.territory.structures) if kind in {"temps", "ventilation"} and levels == {"reseau"} else []


def _known(of: Cube, insider: str, key: Key) -> np.ndarray:
    """What an insider holds of a cell."""
    place, when = of.territory, of.slots.index(key[2])
    total = np.zeros(of.n.shape[1], dtype=np.int64)
    for rank, structure in enumerate(place.structures):
        network = place.networks[place.network_of[rank]]
        at = place.department_of[rank]
        homes = {structure, network, "bretagne", place.departments[at] if at < len(place.departments) else ""}
        if insider in homes and key[1] in homes:
            total += of.contents.n[rank, when]
    return total


def small(of: Cube, keys: set[Key]) -> list[Key]:
    told = contents(of)
    return [key for key in keys if ((told[key] > 0) & (told[key] < FLOOR)).any()]


@FULL
@given(st.one_of(quarters(), years(), quarters(opinion=True)))
def test_no_small_cell_is_computed_back_and_every_rule_holds(of: Cube) -> None:
    found = masked(of)
    assert small(of, determined(of, found)) == []
    assert [(link[0], link[1], weak) for link in sums(of) if (weak := weaknesses(of, found, link))] == []


@FULL
@given(st.one_of(quarters(), years()))
def test_the_complement_only_hides_more(of: Cube) -> None:
    assert shown(of, masked(of)) <= shown(of, masked(of, complement=False))


@FULL
@given(st.one_of(quarters(), years()), st.data())
def test_what_is_out_is_never_changed(of: Cube, data: st.DataObject) -> None:
    keys = [key for key in every_cell(of) if key[2].whole or key[0] in {"reseau", "region"}]
    frozen = {key: data.draw(st.booleans()) for key in data.draw(st.lists(st.sampled_from(keys), unique=True))}
    found = masked(of, settled(of, frozen))
    seen = shown(of, found)
    assert {key: key in seen for key in frozen} == frozen


@FULL
@given(quarters())
def test_the_same_cube_has_the_same_mask(of: Cube) -> None:
    first, second = masked(of), masked(of)
    assert (first.motives == second.motives).all()
    assert (first.means == second.means).all()


def test_what_all_sums_together_give_back_is_hidden_further() -> None:
    """Each sum is safe by itself, and r0's one structure was still given back by the sums of the region's three months."""
    months = [[27, 5, 35, 11, 1, 9], [18, 0, 19, 28, 1, 53], [18, 54, 19, 28, 1, 53]]
    levels = dict.fromkeys(("structure", "reseau", "region"), EVERY_STEP)
    of = cube(territory([1, 0, 1, 2, 1, 2]), summed(dict(zip(MONTHS, months, strict=True))), levels)
    assert small(of, determined(of, masked(of))) == []


def test_the_threshold_alone_is_computed_back() -> None:
    """The test of the test: without the complement, what the algebra finds is what was hidden."""
    of = cube(
        territory([0, 0, 0, 1, 2]),
        summed({when: [20, 30, 3, 40, 40] for when in MONTHS}),
        dict.fromkeys(("structure", "reseau"), EVERY_STEP),
    )
    alone = masked(of, complement=False)
    assert ("structure", "s2", MONTHS[0]) in small(of, determined(of, alone))
    assert any(weaknesses(of, alone, link) for link in sums(of) if link[1][0] != "region")


@pytest.mark.parametrize("unit", ["s0", "s1", "s2"])
def test_showing_a_complementary_cell_again_breaks_a_rule(unit: str) -> None:
    levels = dict.fromkeys(("structure", "reseau"), frozenset({"annee"}))
    of = cube(territory([0] * 5), {YEAR: [14, 13, 1, 40, 40]}, levels)
    found = masked(of)
    cell = of.cell("structure", of.territory.structures.index(unit), 0)
    assert found.motives[cell] > 0
    found.motives[cell] = 0
    assert any(weaknesses(of, found, link) for link in sums(of) if link[0] == "reseau")
