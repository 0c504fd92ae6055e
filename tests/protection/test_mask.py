"""The primary rule, by small tables; and attendance, where no part can be subtracted out."""

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl
import pytest

from grids.thresholds import load_thresholds
from pipelines.protection.attendance import attendance_cells
from pipelines.protection.mask import mask

THRESHOLDS = load_thresholds()
YEAR = ("annee", date(2025, 1, 1))

CELLS = [
    # level, smallest answered, without the largest, largest share, structures, networks → shown
    ("structure", 11, 0, 1.0, 1, 1, True),
    ("structure", 10, 0, 1.0, 1, 1, False),
    ("reseau", 100, 60, 0.4, 3, 1, True),
    ("reseau", 100, 60, 0.4, 2, 1, False),
    ("reseau", 100, 10, 0.9, 5, 1, False),
    ("reseau", 100, 14, 0.86, 5, 1, False),
    ("reseau", 100, 15, 0.85, 5, 1, True),
    ("region", 100, 60, 0.4, 9, 3, True),
    ("region", 100, 60, 0.4, 9, 2, False),
    ("region", 10, 6, 0.4, 9, 3, False),
]

FACTS = [
    # level, structures that say it, networks → shown
    ("structure", 1, 1, True),
    ("reseau", 3, 1, True),
    ("reseau", 2, 1, False),
    ("region", 3, 1, True),
    ("region", 2, 2, False),
]

_CELL_TABLES = """
CREATE TABLE structures AS
  SELECT 's1' AS structure_id, 'cio' AS reseau, DATE '2020-01-01' AS actif_du, NULL::DATE AS actif_au;
CREATE TABLE periodes AS
  SELECT 'annee' AS pas, DATE '2025-01-01' AS debut, DATE '2025-12-31' AS fin, DATE '2026-02-14' AS close_le;
CREATE TABLE effectifs (base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  n_min_repondu BIGINT, reste_min BIGINT, part_max DOUBLE, contributrices BIGINT, reseaux BIGINT);
"""
_ATTENDANCE_TABLES = """
CREATE TABLE structures (structure_id VARCHAR, reseau VARCHAR);
CREATE TABLE frequentation (livraison_id VARCHAR, reseau VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR,
  debut DATE, canal VARCHAR, accueils INTEGER);
CREATE TABLE periodes AS SELECT 'annee' AS pas, DATE '2025-01-01' AS debut
  UNION ALL SELECT 'trimestre', unnest([DATE '2025-01-01', DATE '2025-04-01', DATE '2025-07-01', DATE '2025-10-01']);
"""


def warehouse(level: str, *counted: object, fact: bool = False) -> duckdb.DuckDBPyConnection:
    """A warehouse with one base, one period, and one cell counted at `level`."""
    connection = duckdb.connect()
    unit = {"structure": "s1", "reseau": "cio", "region": "bretagne"}[level]
    connection.execute(_CELL_TABLES)
    connection.execute(
        "CREATE TABLE bases AS SELECT 'b' AS base_id, $1 AS niveau, 'annee' AS pas, $2 AS fait, "
        "DATE '2025-01-01' AS debut, NULL::DATE AS fin",
        [level, fact],
    )
    if counted:
        connection.execute(
            "INSERT INTO effectifs VALUES ('b', ?, ?, ?, ?, ?, ?, ?, ?, ?)", [level, unit, *YEAR, *counted]
        )
    return connection


def shown(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, bool]]:
    mask(connection, THRESHOLDS)
    return connection.execute("SELECT motif, visible FROM masque").fetchall()


@pytest.mark.parametrize(("level", "smallest", "rest", "share", "structures", "networks", "expected"), CELLS)
def test_the_primary_rule(level, smallest, rest, share, structures, networks, expected: bool) -> None:
    [(_, visible)] = shown(warehouse(level, smallest, rest, share, structures, networks))
    assert visible is expected


@pytest.mark.parametrize("level", ["structure", "reseau", "region"])
def test_a_cell_where_nobody_was_counted_is_hidden_like_any_other(level: str) -> None:
    assert shown(warehouse(level)) == [("seuil", False)]


@pytest.mark.parametrize(("level", "structures", "networks", "expected"), FACTS)
def test_a_fact_of_organisation_needs_three_structures_and_no_persons(level, structures, networks, expected) -> None:
    counted = (structures, structures - 1, 1 / structures, structures, networks)
    [(_, visible)] = shown(warehouse(level, *counted, fact=True))
    assert visible is expected


def test_a_fact_that_nobody_told_is_hidden() -> None:
    assert shown(warehouse("structure", fact=True)) == [("structures", False)]


FORCES = [
    # first and last day of a version → the periods of its cube, of 2024 and 2025
    ("2024-01-01", "2024-12-31", ["2024-01-01"]),
    ("2025-01-01", None, ["2025-01-01"]),
    ("2024-01-01", None, ["2024-01-01", "2025-01-01"]),
    ("2026-01-01", None, []),
]


@pytest.mark.parametrize(("first", "last", "periods"), FORCES)
def test_the_cube_of_a_base_is_that_of_its_version(first: str, last: str | None, periods: list[str]) -> None:
    connection = with_2024(warehouse("structure"))
    connection.execute("UPDATE bases SET debut = CAST($1 AS DATE), fin = CAST($2 AS DATE)", [first, last])
    assert cube_periods(connection) == periods


def test_an_older_version_still_answered_has_its_whole_cube_in_that_period() -> None:
    """Every unit is a row, the one that was answered and those that were not."""
    connection = with_2024(warehouse("structure", 20, 0, 1.0, 1, 1))
    connection.execute("UPDATE bases SET debut = DATE '2024-01-01', fin = DATE '2024-12-31'")
    connection.execute("INSERT INTO structures SELECT 's2', 'cio', DATE '2020-01-01', NULL")
    mask(connection, THRESHOLDS)
    found = connection.execute(
        "SELECT unite_id, visible FROM masque WHERE debut = '2025-01-01' ORDER BY ALL"
    ).fetchall()
    assert found == [("s1", True), ("s2", False)]


@pytest.mark.parametrize(
    ("levels", "steps"), [(["structure"], ["annee"]), (["reseau", "region"], ["annee", "trimestre"])]
)
def test_a_base_has_cells_at_its_own_levels_and_steps(levels: list[str], steps: list[str]) -> None:
    connection = warehouse("structure")
    connection.execute("INSERT INTO periodes VALUES ('trimestre', '2025-01-01', '2025-03-31', '2025-05-15')")
    connection.execute("DELETE FROM bases")
    for level in levels:
        for step in steps:
            connection.execute("INSERT INTO bases VALUES ('b', ?, ?, false, '2025-01-01', NULL)", [level, step])
    mask(connection, THRESHOLDS)
    found = connection.execute("SELECT DISTINCT niveau, pas FROM masque").fetchall()
    assert set(found) == {(level, step) for level in levels for step in steps}


def with_2024(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute("INSERT INTO periodes VALUES ('annee', '2024-01-01', '2024-12-31', '2025-02-14')")
    return connection


def cube_periods(connection: duckdb.DuckDBPyConnection) -> list[str]:
    mask(connection, THRESHOLDS)
    rows = connection.execute("SELECT DISTINCT CAST(debut AS VARCHAR) FROM masque ORDER BY 1").fetchall()
    return [day for (day,) in rows]


def test_a_structure_closed_throughout_is_without_object() -> None:
    connection = warehouse("structure")
    connection.execute("UPDATE structures SET actif_au = DATE '2024-12-31'")
    assert shown(connection) == [("sans_objet", False)]


def counts(
    rows: list[tuple[str, str, date, str, int]], yearly: Sequence[tuple[str, str, date, str, int]] = ()
) -> pl.DataFrame:
    """Attendance cells from (network, structure, month, channel, receptions), and counts of whole years."""
    connection = duckdb.connect()
    connection.execute(_ATTENDANCE_TABLES)
    stepped = [("mois", *row) for row in rows] + [("annee", *row) for row in yearly]
    for step, network, structure, start, channel, number in stepped:
        values = [network, structure, step, start, channel, number]
        connection.execute("INSERT INTO frequentation VALUES ('x', ?, 'structure', ?, ?, ?, ?, ?)", values)
    return attendance_cells(connection, THRESHOLDS)


def region_of(small: int) -> list[tuple[str, str, date, str, int]]:
    """Two networks of four structures, four quarters, two channels; one network's first quarter by telephone is `small`."""
    rows = []
    for network in ("cio", "cap-emploi"):
        for rank in range(4):
            for month in (1, 4, 7, 10):
                few = network == "cio" and month == 1
                rows.append((network, f"{network}-{rank}", date(2025, month, 1), "presentiel", small if few else 50))
                rows.append((network, f"{network}-{rank}", date(2025, month, 1), "telephone", small if few else 20))
    return rows


def state(cells: pl.DataFrame, unit: str, step: str, start: date, channel: str = "") -> tuple[str, int | None]:
    [row] = cells.filter(unite_id=unit, pas=step, debut=start, canal=channel).iter_rows(named=True)
    return row["etat"], row["accueils"]


def test_attendance_adds_up() -> None:
    cells = counts(region_of(50))
    assert state(cells, "bretagne", "annee", date(2025, 1, 1))[1] == sum(row[-1] for row in region_of(50))
    assert set(cells["etat"]) == {"ok"}


def test_a_hidden_quarter_hides_its_year_its_region_and_the_channels_of_the_year() -> None:
    cells = counts(region_of(1))
    first, year = ("trimestre", date(2025, 1, 1)), ("annee", date(2025, 1, 1))
    for unit in ("cio", "bretagne"):
        assert state(cells, unit, *first) == ("masque", None)
        assert state(cells, unit, *year) == ("masque", None)
        assert state(cells, unit, *year, "telephone") == ("masque", None)
    assert state(cells, "cap-emploi", *first)[0] == "ok"
    assert state(cells, "cio", "trimestre", date(2025, 4, 1))[0] == "ok"


def test_months_and_the_years_total_are_not_added_up() -> None:
    months = region_of(50)
    cells = counts(months, yearly=[("cio", "cio-0", date(2025, 1, 1), "presentiel", 200)])
    assert state(cells, "bretagne", "annee", date(2025, 1, 1))[1] == sum(row[-1] for row in months)


def test_two_structures_do_not_make_a_networks_attendance() -> None:
    rows = [
        (network, structure, month, channel, number)
        for network, structure, month, channel, number in region_of(50)
        if structure[-1] in "01"
    ]
    assert set(counts(rows)["etat"]) == {"masque"}


@pytest.mark.parametrize(("described", "expected"), [(2, ("masque", None)), (3, ("ok", 900))])
def test_a_network_counted_as_a_whole_is_made_of_the_structures_it_describes(described: int, expected: object) -> None:
    connection = duckdb.connect()
    connection.execute(_ATTENDANCE_TABLES)
    connection.execute("INSERT INTO structures SELECT 'FT-' || i, 'france-travail' FROM range($1) AS r(i)", [described])
    connection.execute(
        "INSERT INTO frequentation VALUES "
        "('x', 'france-travail', 'reseau', 'france-travail', 'annee', '2025-01-01', 'tchat', 900)"
    )
    assert state(attendance_cells(connection, THRESHOLDS), "france-travail", "annee", date(2025, 1, 1)) == expected


def test_no_attendance_is_an_empty_frame_with_its_columns() -> None:
    cells = counts([])
    assert cells.is_empty()
    assert cells.columns == ["niveau", "unite_id", "pas", "debut", "canal", "etat", "accueils"]
