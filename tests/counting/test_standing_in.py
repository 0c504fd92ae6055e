"""A network's own indicator in place of a question: when it stands in, when it does not, and what row it gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grids.load import load_grids
from pipelines.counting.standing_in import stand_in

GRIDS = load_grids()
NETWORK, AGENCY = "france-travail", "FICTIF-agence"
OWN = "FT-COMPRIS-ENQUETE"
MEASURE = "PD02.percue"
QUARTERS = [date(2025, month, 1) for month in (1, 4, 7, 10)]
YEAR = date(2025, 1, 1)
_TABLES = """
CREATE TABLE indicateurs_reseau (livraison_id VARCHAR, reseau VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR,
  debut DATE, indicateur_reseau VARCHAR, definition_version VARCHAR, valeur DOUBLE, base BIGINT);
CREATE TABLE structures (structure_id VARCHAR, reseau VARCHAR);
INSERT INTO structures VALUES ('FICTIF-agence', 'france-travail'), ('FICTIF-autre', 'cio');
CREATE TABLE refus (reseau VARCHAR, indicateur_id VARCHAR);
CREATE TABLE periodes (pas VARCHAR, debut DATE, fin DATE, close_le DATE, nouvelle BOOLEAN DEFAULT true);
INSERT INTO periodes (pas, debut)
  SELECT 'trimestre', unnest(generate_series(DATE '2024-01-01', DATE '2025-10-01', INTERVAL 3 MONTH));
INSERT INTO periodes (pas, debut) VALUES ('annee', '2024-01-01'), ('annee', '2025-01-01');
CREATE TABLE bases (base_id VARCHAR, niveau VARCHAR, pas VARCHAR, fait BOOLEAN, debut DATE, fin DATE);
"""


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = made()
    yield connection
    connection.close()


def made() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(_TABLES)
    for version, start, end in (("2023.1", "2023-01-01", "2024-12-31"), ("2025.1", "2025-01-01", None)):
        for step in ("trimestre", "annee"):
            for level in ("structure", "reseau", "region"):
                row = [f"personnes_a_chaud@{version}", level, step, False, start, end]
                connection.execute("INSERT INTO bases VALUES (?, ?, ?, ?, ?, ?)", row)
    for name in ("comptes_fins", "tardifs", "comptes_structures"):
        connection.execute(files("pipelines.counting").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8"))
    return connection


def deliver(connection: duckdb.DuckDBPyConnection, **told: object) -> None:
    row = {
        "livraison_id": "L1", "reseau": NETWORK, "niveau": "structure", "unite_id": AGENCY, "pas": "trimestre",
        "debut": QUARTERS[0], "indicateur_reseau": OWN, "definition_version": "2022", "valeur": 0.8, "base": 40,
    } | told  # fmt: skip
    connection.execute("INSERT INTO indicateurs_reseau VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", list(row.values()))


def counted(connection: duckdb.DuckDBPyConnection, n: int, structure: str = AGENCY, network: str = NETWORK) -> None:
    """A row that the network's own records or answers gave."""
    row = [
        f"{MEASURE}@2025.1", "personnes_a_chaud@2025.1", "part", structure, network, "trimestre", QUARTERS[0], "", "", "", "",
        0, n, 12, "mesure",
    ]  # fmt: skip
    connection.execute(f"INSERT INTO comptes_structures VALUES ({', '.join('?' * len(row))})", row)


def rows(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """mesure_id, structure, step, start, y, n, applicable, provenance."""
    stand_in(connection, GRIDS)
    return connection.execute(
        "SELECT mesure_id, structure_id, pas, debut, y, n, applicables, provenance FROM comptes_structures ORDER BY ALL"
    ).fetchall()


def test_a_share_with_its_base_becomes_a_count(warehouse: duckdb.DuckDBPyConnection) -> None:
    deliver(warehouse, valeur=0.8125, base=40)
    assert rows(warehouse) == [(f"{MEASURE}@2025.1", AGENCY, "trimestre", QUARTERS[0], 33, 40, 40, "identique")]
    whole = warehouse.execute("SELECT base_id, genre, reseau, groupe, categorie FROM comptes_structures").fetchone()
    assert whole == ("personnes_a_chaud@2025.1", "part", NETWORK, "", "")


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"base": None}, id="no base"),
        pytest.param({"base": 0}, id="nobody"),
        pytest.param({"valeur": 1.2}, id="no share"),
        pytest.param({"niveau": "departement"}, id="another level"),
        pytest.param({"pas": "mois"}, id="a month"),
        pytest.param({"unite_id": "FICTIF-inconnue"}, id="a structure that nobody described"),
        pytest.param({"unite_id": "FICTIF-autre"}, id="a structure of another network"),
        pytest.param({"reseau": "cio", "unite_id": "FICTIF-autre"}, id="a network without such an equivalence"),
        pytest.param({"definition_version": "2030"}, id="a definition that nobody judged"),
        pytest.param({"indicateur_reseau": "FT-DELAI-MEDIAN", "definition_version": "2024"}, id="a median"),
        pytest.param({"indicateur_reseau": "FT-PART-ORIENTEE"}, id="incompatible"),
        pytest.param({"debut": date(2026, 1, 1)}, id="a period that is not closed"),
        pytest.param({"debut": date(2025, 2, 1)}, id="no quarter of the calendar"),
    ],
)
def test_what_never_stands_in(warehouse: duckdb.DuckDBPyConnection, told: dict[str, object]) -> None:
    deliver(warehouse, **told)
    assert rows(warehouse) == []


def test_a_period_is_told_under_the_version_then_in_force(warehouse: duckdb.DuckDBPyConnection) -> None:
    deliver(warehouse, debut=date(2024, 10, 1))
    deliver(warehouse, debut=QUARTERS[0])
    assert [row[0] for row in rows(warehouse)] == [f"{MEASURE}@2023.1", f"{MEASURE}@2025.1"]


def test_what_the_network_counted_itself_is_left_alone(warehouse: duckdb.DuckDBPyConnection) -> None:
    counted(warehouse, n=9, structure="FICTIF-autre-agence")
    deliver(warehouse)
    assert [row[-1] for row in rows(warehouse)] == ["mesure"]


def test_another_network_s_counts_change_nothing(warehouse: duckdb.DuckDBPyConnection) -> None:
    counted(warehouse, n=9, structure="FICTIF-autre", network="cio")
    deliver(warehouse)
    assert sorted(str(row[-1]) for row in rows(warehouse)) == ["identique", "mesure"]


def test_records_that_never_hold_the_item_give_way(warehouse: duckdb.DuckDBPyConnection) -> None:
    counted(warehouse, n=0)
    deliver(warehouse)
    assert [row[4:] for row in rows(warehouse)] == [(32, 40, 40, "identique")]


def test_what_a_network_declines_stays_untold(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("INSERT INTO refus VALUES (?, 'PD02')", [NETWORK])
    deliver(warehouse)
    assert rows(warehouse) == []


def test_a_base_without_quarters_gives_none(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("DELETE FROM bases WHERE pas = 'trimestre'")
    deliver(warehouse)
    assert rows(warehouse) == []


def test_three_quarters_make_no_year(warehouse: duckdb.DuckDBPyConnection) -> None:
    for start in QUARTERS[:3]:
        deliver(warehouse, debut=start)
    assert {row[2] for row in rows(warehouse)} == {"trimestre"}


def test_a_year_given_whole_is_taken_where_quarters_are_missing(warehouse: duckdb.DuckDBPyConnection) -> None:
    deliver(warehouse)
    deliver(warehouse, pas="annee", debut=YEAR, valeur=0.5, base=100)
    assert [row[4:6] for row in rows(warehouse) if row[2] == "annee"] == [(50, 100)]


def test_four_quarters_are_believed_before_the_year(warehouse: duckdb.DuckDBPyConnection) -> None:
    for start in QUARTERS:
        deliver(warehouse, debut=start)
    deliver(warehouse, pas="annee", debut=YEAR, valeur=0.5, base=100)
    assert [row[4:6] for row in rows(warehouse) if row[2] == "annee"] == [(128, 160)]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=4, max_size=4))
def test_a_year_is_the_sum_of_its_four_quarters(quarters: list[tuple[int, int]]) -> None:
    connection = made()
    for start, (said_yes, asked) in zip(QUARTERS, quarters, strict=True):
        deliver(connection, debut=start, valeur=min(said_yes, asked) / asked, base=asked)
    found = rows(connection)
    whole = (sum(min(pair) for pair in quarters), sum(asked for _, asked in quarters))
    assert [row[4:6] for row in found if row[2] == "annee"] == [whole]
    assert sorted(row[4:6] for row in found if row[2] == "trimestre") == sorted(
        (min(pair), pair[1]) for pair in quarters
    )
    connection.close()


def test_a_published_quarter_stays_as_it_was_told_and_the_year_is_its_sum(warehouse: duckdb.DuckDBPyConnection) -> None:
    for start in QUARTERS:
        deliver(warehouse, debut=start, valeur=0.8, base=40)
    warehouse.execute("UPDATE periodes SET nouvelle = false WHERE pas = 'trimestre' AND debut = ?", [QUARTERS[0]])
    settled = [
        "personnes_a_chaud@2025.1",
        "part",
        AGENCY,
        NETWORK,
        "trimestre",
        QUARTERS[0],
        "",
        "",
        "",
        "",
        30,
        39,
        39,
        "proche",
    ]
    warehouse.execute("CREATE TABLE remplacees_reglees AS FROM comptes_structures LIMIT 0")
    warehouse.execute(f"INSERT INTO remplacees_reglees VALUES ({', '.join('?' * 15)})", [f"{MEASURE}@2025.1", *settled])
    told = [row for row in rows(warehouse) if row[0] == f"{MEASURE}@2025.1"]
    assert [row[4:6] for row in told if row[3] == QUARTERS[0] and row[2] == "trimestre"] == [(30, 39)]
    assert [row[4:6] for row in told if row[2] == "annee"] == [(30 + 3 * 32, 39 + 3 * 40)]
