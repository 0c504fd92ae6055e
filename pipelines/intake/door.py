"""The door: one file in, a delivery without identity out, or a refusal that stores nothing.

Its DuckDB connections live in memory and have no spill folder, since a spill file would hold clear text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from grids.network import Delivery, Mapping
from pipelines.home import aside, put_in_place
from pipelines.intake.bulk_csv import read_csv
from pipelines.intake.identities import check_headings, check_values
from pipelines.intake.limesurvey import read_limesurvey
from pipelines.intake.mapped_rows import Keys, map_rows
from pipelines.intake.office_text import first_lines
from pipelines.intake.recognition import Recognised, recognise
from pipelines.intake.set_aside import set_aside
from pipelines.intake.working_days import create_calendar
from pipelines.staging import text_literal

_READERS = {"csv": read_csv, "limesurvey": read_limesurvey}


@dataclass(frozen=True)
class Passed:
    """A file that passed the door. `connection` holds its rows in the table `staged` (see mapped_rows.map_rows)."""

    connection: duckdb.DuckDBPyConnection
    delivery: Delivery
    read: int
    set_aside: dict[str, int]
    removed: tuple[str, ...]
    columns: tuple[str, ...]

    def store(self, path: Path, delivery_id: str, network: str) -> None:
        """Write the staged rows as one Parquet file, whole or not at all."""
        built = aside(path)
        self.connection.execute(
            f"COPY (SELECT {text_literal(delivery_id)} AS livraison_id, {text_literal(network)} AS reseau, * "
            f"FROM staged ORDER BY ligne) TO {text_literal(str(built))} (FORMAT parquet, COMPRESSION zstd)"
        )
        put_in_place(built, path)


def pass_door(path: Path, mapping: Mapping, keys: Keys) -> Passed:
    """Read the file at `path` as one of its network's deliveries.

    Raises DeliveryRefused (nothing stored) if it is not recognised, holds an identity, or does not hold together.
    """
    lines = first_lines(path)
    recognised = recognise(lines, mapping, path.name)
    check_headings(recognised, path.name)
    connection = _connection_without_spill()
    _READERS[recognised.delivery.reader](connection, path, lines, recognised)
    check_values(connection, recognised, path.name)
    read = _count(connection, "brut")
    left_out = set_aside(connection, recognised)
    map_rows(connection, recognised, mapping.network, keys)
    left_out |= _unanswered(connection, recognised.delivery)
    _forget_source(connection)
    return Passed(connection, recognised.delivery, read, left_out, _removed(recognised), _delivered(recognised))


def _connection_without_spill() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute("SET temp_directory = ''")
    create_calendar(connection)
    return connection


def _unanswered(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> dict[str, int]:
    """Questionnaires handed in without a single answer."""
    if not delivery.questions:
        return {}
    return {"sans réponse": _count(connection, "large WHERE ligne NOT IN (SELECT ligne FROM staged)")}


def _forget_source(connection: duckdb.DuckDBPyConnection) -> None:
    for table in ("brut", "datees", "large", "cles"):
        connection.execute(f"DROP TABLE {table}")


def _removed(recognised: Recognised) -> tuple[str, ...]:
    return tuple(name for name in recognised.delivery.removed if recognised.position(name) is not None)


def _delivered(recognised: Recognised) -> tuple[str, ...]:
    """The contract's columns that this file fills."""
    filled = [
        name
        for name, source in recognised.delivery.columns.items()
        if all(recognised.position(heading) is not None for heading in source.headings)
    ]
    return (*filled, *recognised.delivery.constants)


def _count(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {source}").fetchone()
    return int(row[0]) if row else 0
