"""Attendance: no part can be subtracted out, and nothing is told that quality hides."""

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl
import pytest

from grids.thresholds import load_thresholds
from pipelines.protection.attendance import attendance_cells

THRESHOLDS = load_thresholds()
FIRST, YEAR = ("trimestre", date(2025, 1, 1)), ("annee", date(2025, 1, 1))

_COUNTED = "base_id, structure_id, reseau, pas, debut, ventilation, modalite, n, applicables"
_TABLES = """
CREATE TABLE structures (structure_id VARCHAR, reseau VARCHAR);
CREATE TABLE frequentation (livraison_id VARCHAR, reseau VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR,
  debut DATE, canal VARCHAR, accueils INTEGER);
CREATE TABLE periodes AS SELECT 'annee' AS pas, DATE '2025-01-01' AS debut, true AS nouvelle
  UNION ALL SELECT 'trimestre', unnest([DATE '2025-01-01', DATE '2025-04-01', DATE '2025-07-01', DATE '2025-10-01']), true
  UNION ALL SELECT 'mois', DATE '2025-01-01', true;
CREATE TABLE bases AS SELECT unnest(['large@1', 'petite@1', 'avis@1']) AS base_id,
  unnest(['accueils', 'accueils', 'reponses']) AS source;
CREATE TABLE comptes_structures (base_id VARCHAR, structure_id VARCHAR, reseau VARCHAR, pas VARCHAR, debut DATE,
  ventilation VARCHAR, modalite VARCHAR, n BIGINT, applicables BIGINT, genre VARCHAR DEFAULT 'part',
  groupe VARCHAR DEFAULT '');
CREATE TABLE masque (base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE, ventilation VARCHAR,
  modalite VARCHAR, visible BOOLEAN);
"""

Row = tuple[str, str, date, str, int]


def warehouse(rows: Sequence[Row], yearly: Sequence[Row] = ()) -> duckdb.DuckDBPyConnection:
    """Attendance from (network, structure, month, channel, receptions), and counts of whole years; quality says nothing."""
    connection = duckdb.connect()
    connection.execute(_TABLES)
    for step, network, structure, start, channel, number in [("mois", *row) for row in rows] + [
        ("annee", *row) for row in yearly
    ]:
        values = [network, structure, step, start, channel, number]
        connection.execute("INSERT INTO frequentation VALUES ('x', ?, 'structure', ?, ?, ?, ?, ?)", values)
    return connection


def quality(
    connection: duckdb.DuckDBPyConnection, unit: str, period: tuple[str, date], *, base: str = "large@1",
    channel: str = "", recorded: int = 40, visible: bool = False,
) -> None:  # fmt: skip
    """What quality counted and hides of a network, or of the region where `cio` counted it."""
    region = unit == "bretagne"
    breakdown = "canal" if channel else ""
    for modality, kind in dict.fromkeys([("", ""), (channel, breakdown)]):
        applicable = 40 if base == "large@1" else 20
        counted = [base, "s", "cio" if region else unit, *period, kind, modality, recorded, applicable]
        connection.execute(f"INSERT INTO comptes_structures ({_COUNTED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", counted)
    place = [base, "region" if region else "reseau", unit, *period, breakdown, channel, visible]
    connection.execute("INSERT INTO masque VALUES (?, ?, ?, ?, ?, ?, ?, ?)", place)


def region_of(small: int) -> list[Row]:
    """Two networks of four structures, four quarters, two channels; one network's first quarter is `small` in each."""
    rows = []
    for network in ("cio", "cap-emploi"):
        for rank in range(4):
            for month in (1, 4, 7, 10):
                few = network == "cio" and month == 1
                rows.append((network, f"{network}-{rank}", date(2025, month, 1), "presentiel", small if few else 50))
                rows.append((network, f"{network}-{rank}", date(2025, month, 1), "telephone", small if few else 20))
    return rows


def cells(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    return attendance_cells(connection, THRESHOLDS)


def state(found: pl.DataFrame, unit: str, step: str, start: date, channel: str = "") -> tuple[str, int | None]:
    [row] = found.filter(unite_id=unit, pas=step, debut=start, canal=channel).iter_rows(named=True)
    return row["etat"], row["accueils"]


def test_attendance_adds_up() -> None:
    found = cells(warehouse(region_of(50)))
    assert state(found, "bretagne", *YEAR)[1] == sum(row[-1] for row in region_of(50))
    assert set(found["etat"]) == {"ok"}


def test_there_are_no_months_and_channels_of_years_alone() -> None:
    found = cells(warehouse(region_of(50)))
    assert set(found["pas"]) == {"trimestre", "annee"}
    assert set(found.filter(pl.col("canal") != "")["pas"]) == {"annee"}


def test_a_hidden_quarter_hides_its_year_its_region_and_the_channels_of_the_year() -> None:
    found = cells(warehouse(region_of(1)))
    for unit in ("cio", "bretagne"):
        assert state(found, unit, *FIRST) == ("masque", None)
        assert state(found, unit, *YEAR) == ("masque", None)
        assert state(found, unit, *YEAR, "telephone") == ("masque", None)
    assert state(found, "cap-emploi", *FIRST)[0] == "ok"
    assert state(found, "cio", "trimestre", date(2025, 4, 1))[0] == "ok"


def test_a_year_none_of_whose_quarters_is_shown_gives_none_away() -> None:
    rows = [(network, structure, month, channel, 1) for network, structure, month, channel, _ in region_of(1)]
    found = cells(warehouse(rows))
    assert state(found, "cio", *FIRST) == ("masque", None)
    assert state(found, "cio", *YEAR) == ("ok", 32)


def test_months_and_the_years_total_are_not_added_up() -> None:
    found = cells(warehouse(region_of(50), yearly=[("cio", "cio-0", date(2025, 1, 1), "presentiel", 200)]))
    assert state(found, "bretagne", *YEAR)[1] == sum(row[-1] for row in region_of(50))


def test_two_structures_do_not_make_a_networks_attendance() -> None:
    assert set(cells(warehouse([row for row in region_of(50) if row[1][-1] in "01"]))["etat"]) == {"masque"}


@pytest.mark.parametrize(("described", "expected"), [(2, ("masque", None)), (3, ("ok", 900))])
def test_a_network_counted_as_a_whole_is_made_of_the_structures_it_describes(described: int, expected: object) -> None:
    connection = warehouse([])
    connection.execute("INSERT INTO structures SELECT 'FT-' || i, 'france-travail' FROM range($1) AS r(i)", [described])
    connection.execute(
        "INSERT INTO frequentation VALUES "
        "('x', 'france-travail', 'reseau', 'france-travail', 'annee', '2025-01-01', 'tchat', 900)"
    )
    assert state(cells(connection), "france-travail", *YEAR) == expected


def test_a_network_that_quality_hides_is_hidden_here_and_the_region_with_it() -> None:
    connection = warehouse(region_of(50))
    quality(connection, "cio", FIRST)
    found = cells(connection)
    for unit in ("cio", "bretagne"):
        assert state(found, unit, *FIRST) == ("masque", None)
        assert state(found, unit, *YEAR) == ("masque", None)
    assert state(found, "cap-emploi", *FIRST) == ("ok", 280)


def test_a_region_that_quality_hides_is_hidden_here_and_every_network_that_would_add_up_to_it() -> None:
    connection = warehouse(region_of(50))
    quality(connection, "bretagne", YEAR)
    found = cells(connection)
    for unit in ("bretagne", "cio", "cap-emploi"):
        assert state(found, unit, *YEAR) == ("masque", None)
    assert state(found, "cio", *FIRST)[0] == "ok"


def test_a_channel_that_quality_hides_hides_every_channel_of_its_network() -> None:
    connection = warehouse(region_of(50))
    quality(connection, "cio", YEAR, channel="telephone")
    found = cells(connection)
    for unit in ("cio", "bretagne"):
        assert {state(found, unit, *YEAR, channel)[0] for channel in ("telephone", "presentiel")} == {"masque"}
        assert state(found, unit, *YEAR)[0] == "ok"


UNMOVED = [
    {"recorded": 0},  # quality hides a cell that nobody told of
    {"visible": True},
    {"base": "petite@1"},  # a narrower base than the widest one
    {"base": "avis@1"},  # answers are no receptions
]


@pytest.mark.parametrize("said", UNMOVED)
def test_nothing_else_of_quality_hides_attendance(said: dict) -> None:
    connection = warehouse(region_of(50))
    quality(connection, "cap-emploi", FIRST, visible=True)
    quality(connection, "cio", FIRST, **said)
    assert set(cells(connection)["etat"]) == {"ok"}


def test_only_new_periods_are_told() -> None:
    connection = warehouse(region_of(50))
    connection.execute("UPDATE periodes SET nouvelle = (pas = 'annee')")
    assert set(cells(connection)["pas"]) == {"annee"}


def test_no_attendance_is_an_empty_frame_with_its_columns() -> None:
    found = cells(warehouse([]))
    assert found.is_empty()
    assert found.columns == ["niveau", "unite_id", "pas", "debut", "canal", "etat", "accueils"]
