"""Periods already published count as they were published: the ledger takes the place of what their records say today."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from grids.errors import ReleaseError
from pipelines.settled.ledger import adopt, keep, tidy
from pipelines.settled.settle import count_late, settle
from tests.settled.conftest import BASE, MEASURE, Published, Warehouse, counted


def fine(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return connection.execute(
        "SELECT structure_id, month(debut), modalite, categorie, reglee, y, n FROM comptes_fins ORDER BY ALL"
    ).fetchall()


def test_what_was_published_takes_the_place_of_what_is_counted_today(
    tmp_path: Path, warehouse: Warehouse, published: Published
) -> None:
    keep(warehouse([counted("A-1", 1, 7, 20), counted("A-2", 1, 3, 9)], new=[1]), tmp_path / "s", "e1", [2025])
    today = warehouse(
        [counted("A-1", 1, 9, 24, settled=True), counted("A-3", 1, 1, 1, settled=True), counted("A-1", 2, 5, 12)],
        new=[2],
    )
    settle(today, tmp_path / "s", published({1: "e1"}))
    assert fine(today) == [
        ("A-1", 1, "", "", True, 7, 20),
        ("A-1", 2, "", "", False, 5, 12),
        ("A-2", 1, "", "", True, 3, 9),
    ]
    assert today.execute("SELECT structure_id, y, n FROM comptes_frais ORDER BY ALL").fetchall() == [
        ("A-1", 9, 24),
        ("A-3", 1, 1),
    ]
    assert count_late(today) == (25 - 21) + 10 + 2


def test_before_the_first_edition_nothing_is_settled(tmp_path: Path, warehouse: Warehouse) -> None:
    connection = warehouse([counted("A-1", 1, 7, 20)], new=range(1, 13))
    settle(connection, tmp_path / "s", None)
    assert fine(connection) == [("A-1", 1, "", "", False, 7, 20)]
    assert count_late(connection) == 0
    for table in ("deja_publiees", "pas_fixes", "comptes_frais"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_the_modalities_of_a_year_are_the_sum_of_what_each_edition_filed(
    tmp_path: Path, warehouse: Warehouse, published: Published
) -> None:
    for month, edition in ((1, "e1"), (2, "e2")):
        rows = [counted("A-1", month, 4, 10), counted("A-1", month, 4, 10, modality="telephone")]
        keep(warehouse(rows, new=[month]), tmp_path / "s", edition, [2025])
    today = warehouse([counted("A-1", 3, 1, 2, modality="telephone")], new=[3])
    settle(today, tmp_path / "s", published({1: "e1", 2: "e2"}))
    assert [row for row in fine(today) if row[2]] == [
        ("A-1", 1, "telephone", "", False, 1, 2),
        ("A-1", 1, "telephone", "", True, 8, 20),
    ]


def test_each_number_of_days_adds_up_and_its_size_is_counted_once_an_edition(
    tmp_path: Path, warehouse: Warehouse, published: Published
) -> None:
    def waits(month: int, days: dict[str, int]) -> list[tuple[object, ...]]:
        size = sum(days.values())
        return [
            counted("A-1", month, y, size, modality="tchat", category=day, kind="quantiles") for day, y in days.items()
        ]

    keep(warehouse(waits(1, {"2": 3, "5": 4}), new=[1]), tmp_path / "s", "e1", [2025])
    keep(warehouse(waits(2, {"5": 6}), new=[2]), tmp_path / "s", "e2", [2025])
    today = warehouse([], new=[3])
    settle(today, tmp_path / "s", published({1: "e1", 2: "e2"}))
    assert [(row[3], row[5], row[6]) for row in fine(today)] == [("2", 3, 13), ("5", 10, 13)]


def test_only_editions_that_the_release_names_are_believed(
    tmp_path: Path, warehouse: Warehouse, published: Published
) -> None:
    keep(warehouse([counted("A-1", 1, 7, 20)], new=[1]), tmp_path / "s", "e1", [2025])
    keep(warehouse([counted("A-1", 2, 1, 1)], new=[2]), tmp_path / "s", "e2-candidate", [2025])
    today = warehouse([counted("A-1", 2, 5, 12)], new=[2])
    settle(today, tmp_path / "s", published({1: "e1"}))
    assert fine(today) == [("A-1", 1, "", "", True, 7, 20), ("A-1", 2, "", "", False, 5, 12)]


def test_a_candidate_published_early_keeps_what_it_filed(
    tmp_path: Path, warehouse: Warehouse, published: Published
) -> None:
    keep(warehouse([counted("A-1", 1, 7, 20)], new=[1]), tmp_path / "s", "e1-candidate", [2025])
    adopt(tmp_path / "s", "e1-candidate", "e1")
    today = warehouse([counted("A-1", 1, 9, 24, settled=True)], new=[2])
    settle(today, tmp_path / "s", published({1: "e1"}))
    assert fine(today) == [("A-1", 1, "", "", True, 7, 20)]


def test_a_ledger_that_is_gone_stops_the_build(tmp_path: Path, warehouse: Warehouse, published: Published) -> None:
    today = warehouse([counted("A-1", 1, 9, 24, settled=True)], new=[2])
    with pytest.raises(ReleaseError, match="comptes figés manquent"):
        settle(today, tmp_path / "s", published({1: "e1"}))


def test_only_its_owner_reads_the_ledger_and_filing_again_changes_nothing(tmp_path: Path, warehouse: Warehouse) -> None:
    for _ in range(2):
        keep(warehouse([counted("A-1", 1, 7, 20)], new=[1]), tmp_path / "s", "e1", [2025])
        found = sorted((tmp_path / "s").rglob("*"))
        assert [path.name for path in found] == ["2025", "e1-standing.parquet", "e1-steps.parquet", "e1.parquet"]
        assert [path.stat().st_mode & 0o777 for path in found] == [0o700, 0o600, 0o600, 0o600]


def test_the_ledger_forgets_what_nobody_shows_and_years_published_whole(tmp_path: Path, warehouse: Warehouse) -> None:
    for edition in ("e1", "e2", "e2-candidate"):
        keep(warehouse([counted("A-1", 1, 7, 20)], new=[1]), tmp_path / "s", edition, [2025])
    tidy(tmp_path / "s", {"e1"}, set())
    assert {path.stem for path in (tmp_path / "s").rglob("*.parquet")} == {"e1", "e1-standing", "e1-steps"}
    tidy(tmp_path / "s", {"e1"}, {2025})
    assert not list((tmp_path / "s").rglob("*"))
    tidy(tmp_path / "absent", {"e1"}, {2025})


def test_networks_own_indicators_and_facts_are_not_filed(tmp_path: Path, warehouse: Warehouse, published) -> None:
    own = (*counted("A-1", 1, 7, 20)[:-1], "identique")
    fact = ("PD09.fait@2025.1", "structures@2025.1", "part", "A-1", "apec", "annee", date(2025, 1, 1), False)
    rows = [own, (*fact, "", "", "", "", 1, 1, 1, "mesure")]
    keep(warehouse(rows, new=[1]), tmp_path / "s", "e1", [2025])
    today = warehouse([], new=[2])
    settle(today, tmp_path / "s", published({1: "e1"}))
    assert fine(today) == []


def test_what_stood_in_for_a_published_quarter_is_filed_and_found_again(
    tmp_path: Path, warehouse: Warehouse, published: Published
) -> None:
    first = warehouse([counted("A-1", 1, 7, 20)], new=[1])
    quarter = date(2025, 1, 1)
    first.execute("INSERT INTO periodes VALUES ('trimestre', ?, ?, ?, true)", [quarter, quarter, quarter])
    told = (MEASURE, BASE, "part", "A-1", "apec", "trimestre", quarter, "", "", "", "", 30, 40, 40, "proche")
    first.execute(f"INSERT INTO comptes_structures VALUES ({', '.join('?' * 15)})", list(told))
    keep(first, tmp_path / "s", "e1", [2025])
    today = warehouse([], new=[2])
    settle(today, tmp_path / "s", published({1: "e1"}))
    assert today.execute("FROM remplacees_reglees").fetchall() == [told]


SHOWN = [
    # figures of the cell: aggregation, state → visible, mean visible
    pytest.param([("part_accueils", "ok"), ("moyenne_structures", "ok")], (True, True), id="both"),
    pytest.param([("part_accueils", "ok"), ("moyenne_structures", "masque")], (True, False), id="the sum alone"),
    pytest.param([("part_accueils", "prudence")], (True, False), id="with caution"),
    pytest.param([("part_accueils", "masque"), ("moyenne_structures", "masque")], (False, False), id="hidden"),
    pytest.param([("part_accueils", "sans_objet")], (False, False), id="not concerned"),
]


@pytest.mark.parametrize(("figures", "expected"), SHOWN)
def test_what_earlier_editions_showed_is_told_cell_by_cell(
    tmp_path: Path, warehouse: Warehouse, published: Published, figures, expected: tuple[bool, bool]
) -> None:
    keep(warehouse([], new=[1]), tmp_path / "s", "e1", [2025])
    path = published({1: "e1"}, [("reseau", "apec", 1, *each) for each in figures])
    today = warehouse([], new=[2])
    settle(today, tmp_path / "s", path)
    [row] = today.execute("FROM deja_publiees").fetchall()
    assert row == (BASE, "reseau", "apec", "mois", date(2025, 1, 1), "", "", *expected)


def test_steps_stay_those_of_the_first_edition_that_fixed_them(
    tmp_path: Path, warehouse: Warehouse, published: Published
) -> None:
    for month, edition, step in ((1, "e1", "mois"), (2, "e2", "trimestre")):
        connection = warehouse([], new=[month])
        connection.execute("INSERT INTO pas_publies VALUES (?, 'structure', 'A-1', 2025, ?)", [BASE, step])
        connection.execute("INSERT INTO pas_publies VALUES (?, 'structure', 'A-1', 2024, 'annee')", [BASE])
        keep(connection, tmp_path / "s", edition, [2025])
    today = warehouse([], new=[3])
    settle(today, tmp_path / "s", published({1: "e1", 2: "e2"}))
    assert today.execute("FROM pas_fixes").fetchall() == [(BASE, "structure", "A-1", 2025, "mois")]
