"""The publication step of a unit in a year, from the volume of the year before."""

import duckdb
import pytest

from grids.thresholds import load_thresholds
from pipelines.protection.steps import create_steps

EVERY = ("mois", "trimestre", "annee")
BY_VOLUME = [
    # level, volume of the year before, steps of the base → finest step shown
    ("structure", 216, EVERY, "mois"),
    ("structure", 215, EVERY, "trimestre"),
    ("structure", 72, EVERY, "trimestre"),
    ("structure", 71, EVERY, "annee"),
    ("structure", 18, EVERY, "annee"),
    ("structure", 17, EVERY, "aucun"),
    ("structure", 0, EVERY, "aucun"),
    ("structure", None, EVERY, "annee"),
    ("structure", 900, ("trimestre", "annee"), "trimestre"),
    ("structure", 900, ("annee",), "annee"),
    ("structure", 17, ("annee",), "aucun"),
    ("reseau", 216, EVERY, "mois"),
    ("reseau", 0, EVERY, "annee"),
    ("reseau", None, EVERY, "trimestre"),
    ("reseau", None, ("annee",), "annee"),
    ("departement", 900, EVERY, "annee"),
    ("departement", None, EVERY, "annee"),
    ("region", 900, EVERY, "mois"),
    ("region", 3, EVERY, "trimestre"),
    ("region", None, EVERY, "mois"),
]
UNITS = {"structure": "s1", "reseau": "cio", "departement": "22", "region": "bretagne"}


def warehouse(
    volume: int | None, steps: tuple[str, ...] = EVERY, *, fact: bool = False, fixed: str | None = None
) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("""
      CREATE TABLE structures AS SELECT 's1' AS structure_id, 'cio' AS reseau, '22' AS departement
        UNION ALL SELECT 's2', 'cio', NULL;
      CREATE TABLE periodes AS SELECT 'annee' AS pas, unnest([DATE '2024-01-01', DATE '2025-01-01']) AS debut;
      CREATE TABLE volumes (base_id VARCHAR, structure_id VARCHAR, annee INTEGER, volume BIGINT);
      CREATE TABLE pas_fixes (base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, annee INTEGER, pas VARCHAR);
      CREATE TABLE bases (base_id VARCHAR, niveau VARCHAR, pas VARCHAR, fait BOOLEAN);
    """)
    for level in UNITS:
        for step in steps:
            connection.execute("INSERT INTO bases VALUES ('b', ?, ?, ?)", [level, step, fact])
    if volume is not None:
        connection.execute("INSERT INTO volumes VALUES ('b', 's1', 2025, $1)", [volume])
    if fixed:
        for level, unit in UNITS.items():
            connection.execute("INSERT INTO pas_fixes VALUES ('b', ?, ?, 2025, ?)", [level, unit, fixed])
    create_steps(connection, load_thresholds())
    return connection


def step(connection: duckdb.DuckDBPyConnection, level: str, year: int = 2025) -> str:
    query = "SELECT pas FROM pas_publies WHERE niveau = ? AND unite_id = ? AND annee = ?"
    [(found,)] = connection.execute(query, [level, UNITS[level], year]).fetchall()
    return str(found)


@pytest.mark.parametrize(("level", "volume", "steps", "expected"), BY_VOLUME)
def test_the_step_follows_from_last_years_volume(level: str, volume: int | None, steps: tuple, expected: str) -> None:
    assert step(warehouse(volume, steps), level) == expected


def test_a_network_adds_up_the_structures_that_are_known() -> None:
    connection = warehouse(100)
    connection.execute("DROP TABLE pas_publies; INSERT INTO volumes VALUES ('b', 's2', 2025, 116)")
    create_steps(connection, load_thresholds())
    assert (step(connection, "structure"), step(connection, "reseau")) == ("trimestre", "mois")


def test_each_year_has_its_own_step() -> None:
    connection = warehouse(900)
    assert (step(connection, "structure", 2024), step(connection, "structure", 2025)) == ("annee", "mois")


@pytest.mark.parametrize("fixed", ["mois", "annee", "aucun"])
@pytest.mark.parametrize("level", UNITS)
def test_what_an_earlier_edition_of_the_year_fixed_stays(level: str, fixed: str) -> None:
    assert step(warehouse(100, fixed=fixed), level) == fixed


@pytest.mark.parametrize("level", UNITS)
def test_facts_are_shown_by_year(level: str) -> None:
    assert step(warehouse(3, fact=True), level) == "annee"
