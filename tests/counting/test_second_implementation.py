"""Counting equals a naive second implementation, every measure of every version cell by cell, on records drawn at random."""

import random
from collections import Counter, defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grids.register import network_codes
from tests.counting import naive_cells, records
from tests.counting.naive_cells import Cells, Held
from tests.counting.records import GRID, GRIDS, PERIODS, RECORDS, WORKING_GRID, Row, counted, table

FORCES = naive_cells.forces(GRIDS, [each.in_force_from for each in RECORDS])
SPANS = [(each.step, each.start, each.end) for each in PERIODS]
KEY = ("mesure_id", "structure_id", "reseau", "pas", "debut", "ventilation", "modalite", "groupe", "categorie")


def expected(held: Held) -> Cells:
    return {
        key: cell for force in FORCES for key, cell in naive_cells.cells(force, held, SPANS, network_codes()).items()
    }


def found(held: Held) -> Cells:
    with counted(list(held.receptions), list(held.answers), held.profiles, GRIDS) as warehouse:
        rows = table(warehouse, "SELECT * FROM comptes_structures")
    cells = {
        tuple(row[name] for name in KEY): (row["y"], row["n"], row["applicables"]) for row in rows.iter_rows(named=True)
    }
    assert len(cells) == rows.height, "a cell counted twice"
    assert set(rows["provenance"]) <= {"mesure"}
    return cells


def held(seed: int, number: int) -> Held:
    """Two years, one under each version; some are asked the questions of the version before."""
    return Held(
        records.drawn_receptions(seed, number, 2024) + records.drawn_receptions(seed + 100, number, 2025),
        [
            *records.drawn_answers(seed, number, 2024, GRID),
            *records.drawn_answers(seed + 100, number // 9, 2025, GRID),
            *_renumbered(records.drawn_answers(seed + 200, number, 2025, WORKING_GRID)),
        ],
        records.drawn_profiles(seed, (2023, 2024, 2025)),
    )


def _renumbered(answers: list[Row]) -> list[Row]:
    return [{**each, "reponse_ref": f"1{each['reponse_ref'][1:]}"} for each in answers]


def differences(one: Cells, other: Cells) -> list[tuple[Any, Any, Any]]:
    keys = one.keys() | other.keys()
    return sorted((key, one.get(key), other.get(key)) for key in keys if one.get(key) != other.get(key))


@pytest.mark.parametrize(("seed", "number"), [(1, 30), (2, 900)])
def test_counts_equal_the_naive_ones(seed: int, number: int) -> None:
    drawn = held(seed, number)
    assert differences(expected(drawn), found(drawn))[:5] == []


def test_what_is_drawn_meets_every_measure() -> None:
    """The test of the test: somewhere each measure counts some of what was answered, not all; few are always answered."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for key, (y, n, applicable) in expected(held(2, 900)).items():
        if key[7] != "proposes":
            totals[key[0]].update(y=y, uncounted=abs(n - y), unanswered=applicable - n)
    assert totals.keys() == naive_cells.measured(GRIDS)
    assert [measure_id for measure_id, told in totals.items() if not told["y"] or not told["uncounted"]] == []
    assert sum(told["unanswered"] > 0 for told in totals.values()) > 60


@st.composite
def few(draw: st.DrawFn) -> Held:
    """A handful of records, with whatever is drawn in their cells."""
    chance: random.Random = draw(st.randoms(use_true_random=False))
    grid = draw(st.sampled_from(GRIDS))
    places = draw(st.lists(st.sampled_from(records.drawn_structures(2)), max_size=5))
    year = draw(st.sampled_from((2024, 2025)))
    answers = [records.questionnaire(chance, rank, *place, year, grid) for rank, place in enumerate(places)]
    return Held(
        [records.reception(chance, *place, year) for place in places],
        [answer for each in answers for answer in each],
        [records.profile(chance, *place, year) for place in dict.fromkeys(places)],
    )


@pytest.mark.long
@settings(max_examples=15, deadline=None)
@given(few())
def test_counts_of_a_few_records_equal_the_naive_ones(drawn: Held) -> None:
    assert differences(expected(drawn), found(drawn))[:5] == []


def test_permuting_records_and_renaming_structures_changes_no_network_count() -> None:
    drawn = held(7, 120)
    renamed = Held(
        *([_renamed(row) for row in reversed(rows)] for rows in (drawn.receptions, drawn.answers, drawn.profiles))
    )
    before, after = found(drawn), found(renamed)
    assert {(key[0], f"nouvelle-{key[1]}", *key[2:]): counts for key, counts in before.items()} == after


def _renamed(row: Row) -> Row:
    return {**row, "structure_id": f"nouvelle-{row['structure_id']}"}


def test_records_that_do_not_hold_the_item_change_no_share() -> None:
    receptions = records.drawn_receptions(8, 800)
    empty = {"demande_reformulee": None, "modalite": None}
    unanswered = [{**row, **empty} for row in records.drawn_receptions(9, 400)]
    before, after = (found(Held(rows, [], [])) for rows in (receptions, receptions + unanswered))
    for key, (y, n, applicable) in before.items():
        assert after[key][:2] == (y, n)
        assert after[key][2] >= applicable


def test_the_effective_size_of_clusters_is_that_of_a_linearised_ratio() -> None:
    """Against the textbook variance of a ratio over clusters, written out."""
    receptions = records.drawn_receptions(11, 1200)
    year = ("PD02.rendue@2023.1", "cio", "annee")
    clusters = [
        counts
        for key, counts in expected(Held(receptions, [], [])).items()
        if (key[0], *key[2:4], key[5]) == (*year, "")
    ]
    total, size, number = sum(each[0] for each in clusters), sum(each[1] for each in clusters), len(clusters)
    rate = total / size
    variance = number / (number - 1) * sum((y - rate * n) ** 2 for y, n, _ in clusters) / size**2
    with counted(receptions, []) as warehouse:
        query = (
            "SELECT n, n_effectif FROM comptes WHERE mesure_id = ? AND unite_id = ? AND pas = ? AND ventilation = ''"
        )
        [(n, effective)] = warehouse.execute(query, list(year)).fetchall()
    assert (n, effective) == (size, pytest.approx(min(size, rate * (1 - rate) / variance)))
