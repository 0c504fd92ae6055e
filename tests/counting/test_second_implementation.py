"""Counting equals a naive second implementation, cell by cell, on records drawn at random."""

from typing import Any

import pytest

from tests.counting import naive
from tests.counting.records import THRESHOLDS, counted, drawn_answers, drawn_receptions, table

SIZES = [(1, 40, 20), (2, 1500, 900), (3, 4000, 2500)]


def counted_cells(receptions: list[naive.Row], answers: list[naive.Row]) -> dict[naive.Cell, dict[str, Any]]:
    rows = table(counted(receptions, answers), "SELECT * FROM comptes").iter_rows(named=True)
    key = ("mesure_id", "niveau", "unite_id", "pas", "debut", "categorie")
    return {tuple(row[name] for name in key): row for row in rows}  # type: ignore[misc]


@pytest.mark.parametrize(("seed", "receptions", "answers"), SIZES)
def test_counts_equal_the_naive_ones(seed: int, receptions: int, answers: int) -> None:
    drawn = drawn_receptions(seed, receptions), drawn_answers(seed, answers)
    expected = naive.cells(naive.facts(*drawn), THRESHOLDS.entering_mean.value)
    found = counted_cells(*drawn)
    assert found.keys() == expected.keys()
    for key, cell in expected.items():
        for name, value in cell.items():
            assert found[key][name] == pytest.approx(value, abs=1e-9), (key, name)


def test_permuting_records_and_renaming_structures_changes_no_network_count() -> None:
    receptions, answers = drawn_receptions(7, 800), drawn_answers(7, 500)
    renamed = [{**row, "structure_id": f"nouvelle-{row['structure_id']}"} for row in reversed(receptions)]
    renamed_answers = [{**row, "structure_id": f"nouvelle-{row['structure_id']}"} for row in reversed(answers)]
    before, after = counted_cells(receptions, answers), counted_cells(renamed, renamed_answers)
    for key, cell in before.items():
        if key[1] != "structure":
            assert {name: after[key][name] for name in ("y", "n", "applicables", "structures")} == {
                name: cell[name] for name in ("y", "n", "applicables", "structures")
            }


def test_records_that_do_not_hold_the_item_change_no_share() -> None:
    receptions = drawn_receptions(8, 800)
    unanswered = [{**row, "demande_reformulee": None, "modalite": None} for row in drawn_receptions(9, 400)]
    before, after = counted_cells(receptions, []), counted_cells(receptions + unanswered, [])
    for key, cell in before.items():
        assert (after[key]["y"], after[key]["n"]) == (cell["y"], cell["n"])
        assert after[key]["applicables"] >= cell["applicables"]


def test_the_effective_size_of_clusters_is_that_of_a_linearised_ratio() -> None:
    """Against the textbook variance of a ratio over clusters, written out."""
    receptions = drawn_receptions(11, 1200)
    cells = counted_cells(receptions, [])
    facts = naive.facts(receptions, [])["PD02.rendue@2023.1"]
    network = [fact for fact in facts if fact[1] == "cio" and fact[3]]
    clusters: dict[str, list[bool]] = {}
    for fact in network:
        clusters.setdefault(fact[0], []).append(fact[4] == "oui")
    total, size, number = sum(map(sum, clusters.values())), len(network), len(clusters)
    rate = total / size
    variance = number / (number - 1) * sum((sum(each) - rate * len(each)) ** 2 for each in clusters.values()) / size**2
    [cell] = [row for key, row in cells.items() if key[:4] == ("PD02.rendue@2023.1", "reseau", "cio", "annee")]
    assert cell["n_effectif"] == pytest.approx(min(size, rate * (1 - rate) / variance))
