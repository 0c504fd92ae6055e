"""The door: one file in, a delivery without identity out, or a refusal that stores nothing.

Its DuckDB connections live in memory and have no spill folder, since a spill file would hold clear text. What it writes is
only the contract's words and hashes: were a file to be refused half-way, nothing of its source would have reached a disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from grids.contract import load_contract
from grids.errors import DeliveryRefused
from grids.network import Delivery, Mapping
from pipelines.home import aside, put_in_place
from pipelines.intake.identities import check_headings, identity_refusal
from pipelines.intake.limesurvey import SUBMITTED
from pipelines.intake.mapped_rows import mapped_sql, staged_sql, unanswered_sql
from pipelines.intake.opening import open_file
from pipelines.intake.recognition import Recognised
from pipelines.intake.references import FIRST_YEAR, LAST_YEAR, Keys
from pipelines.intake.sources import Source
from pipelines.intake.working_days import set_calendar
from pipelines.staging import staged_rows_sql, text_literal


@dataclass(frozen=True)
class Passed:
    """A file that passed the door. `connection` holds its rows as the relation `staged` (see mapped_rows.staged_sql)."""

    connection: duckdb.DuckDBPyConnection
    delivery: Delivery
    read: int
    set_aside: dict[str, int]
    years: tuple[int, ...]
    removed: tuple[str, ...]
    ignored: tuple[str, ...]
    columns: tuple[str, ...]


def pass_door(path: Path, mapping: Mapping, keys: Keys, folder: Path | None = None, delivery_id: str = "-") -> Passed:
    """Read the file at `path` as one of its network's deliveries.

    Its rows are staged in `folder`/<table>/<delivery_id>.parquet, or in memory only if there is no folder.

    Raises DeliveryRefused (nothing stored) if it is not recognised, holds an identity, or does not hold together.
    """
    opened = open_file(path, mapping)
    recognised = opened.recognised
    check_headings(recognised, path.name)
    connection = _connection_without_spill(recognised.delivery, keys)
    source = opened.source(connection)
    into = folder / recognised.delivery.table / f"{delivery_id}.parquet" if folder else None
    staging = _Staging(connection, recognised, mapping.network, delivery_id, aside(into) if into else None)
    staging.write(source, path.name)
    staging.refuse_identities(source, path.name)
    return staging.passed(into)


@dataclass(frozen=True)
class _Staging:
    """The rows of one file on their way from its source to where they are staged."""

    connection: duckdb.DuckDBPyConnection
    recognised: Recognised
    network: str
    delivery_id: str
    built: Path | None

    @property
    def delivery(self) -> Delivery:
        return self.recognised.delivery

    def write(self, source: Source, file_name: str) -> None:
        """Scan the source once; rows shorter than the heading cost a second, tolerant scan."""
        try:
            self._write(source, ragged=False)
        except duckdb.InvalidInputException:
            try:
                self._write(source, ragged=True)
            except duckdb.InvalidInputException as error:
                raise self._refused(_unreadable(error, file_name)) from None

    def refuse_identities(self, source: Source, file_name: str) -> None:
        """Raises DeliveryRefused if a cell looked like an identity."""
        [(found,)] = self.connection.execute("SELECT coalesce(bool_or(identite), false) FROM lues").fetchall()
        if found:
            with source.scan(ragged=True) as rows:
                refusal = identity_refusal(self.connection, self.recognised, rows, file_name)
            raise self._refused(refusal)

    def passed(self, into: Path | None) -> Passed:
        """What the door saw; its rows are put in place and become the relation `staged`."""
        reasons = dict(self.connection.execute("SELECT ecartee, count(*) FROM lues GROUP BY ecartee").fetchall())
        years = self.connection.execute(
            "SELECT DISTINCT annee FROM lues WHERE annee IS NOT NULL ORDER BY annee"
        ).fetchall()
        if into and self.built:
            put_in_place(self.built, into)
        staged = staged_rows_sql(load_contract(self.delivery.table), [into]) if into else "SELECT * FROM retenues"
        self.connection.execute(f"CREATE OR REPLACE VIEW staged AS {staged}")
        return Passed(
            connection=self.connection,
            delivery=self.delivery,
            read=sum(reasons.values()),
            set_aside={reason: count for reason, count in reasons.items() if reason is not None},
            years=tuple(year for (year,) in years if FIRST_YEAR <= year <= LAST_YEAR),
            removed=tuple(name for name in self.delivery.removed if self.recognised.position(name) is not None),
            ignored=tuple(name for name in self.delivery.ignored if self.recognised.position(name) is not None),
            columns=_delivered(self.recognised),
        )

    def _write(self, source: Source, *, ragged: bool) -> None:
        with source.scan(ragged=ragged) as rows:
            mapped = mapped_sql(self.recognised, self.network, rows, _unfinished(self.delivery))
            if self.built and not self.delivery.questions:
                self._stream(mapped)
            else:
                self._hold(mapped)

    def _stream(self, mapped: str) -> None:
        """Straight to Parquet: a large file never stands in memory. Its lines are the file's own order."""
        first = self.recognised.heading_row + 1
        self._copy(f"SELECT NULL::BIGINT AS ligne, {first} AS premiere_ligne, * FROM ({mapped})")
        self.connection.execute(f"CREATE OR REPLACE VIEW lues AS FROM read_parquet({text_literal(str(self.built))})")

    def _hold(self, mapped: str) -> None:
        """In memory: a file that is only checked, or answers, which are few and change shape."""
        first = self.recognised.heading_row
        self.connection.execute(
            f"CREATE OR REPLACE TABLE mappees AS SELECT row_number() OVER () + {first} AS ligne, * FROM ({mapped})"
        )
        self.connection.execute(
            f"CREATE OR REPLACE TABLE lues AS SELECT identite, annee, {unanswered_sql(self.recognised)} AS ecartee FROM mappees"
        )
        self.connection.execute(
            f"CREATE OR REPLACE TABLE retenues AS {staged_sql(self.delivery, 'mappees')} ORDER BY ligne"
        )
        self.connection.execute("DROP TABLE mappees")
        if self.built:
            self._copy("SELECT *, 0 AS premiere_ligne, NULL::VARCHAR AS ecartee FROM retenues")

    def _copy(self, rows: str) -> None:
        names = f"{text_literal(self.delivery_id)} AS livraison_id, {text_literal(self.network)} AS reseau"
        target = text_literal(str(self.built))
        self.connection.execute(
            f"COPY (SELECT {names}, * FROM ({rows})) TO {target} (FORMAT parquet, COMPRESSION zstd)"
        )

    def _refused(self, refusal: DeliveryRefused) -> DeliveryRefused:
        if self.built:
            self.built.unlink(missing_ok=True)
        return refusal


def _connection_without_spill(delivery: Delivery, keys: Keys) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute("SET temp_directory = ''")
    if any(source.working_days for source in delivery.columns.values()):
        set_calendar(connection)
    connection.execute("SET VARIABLE cles = $keys", {"keys": [keys[year] for year in sorted(keys)]})
    return connection


def _unfinished(delivery: Delivery) -> str | None:
    return SUBMITTED if delivery.reader == "limesurvey" else None


def _delivered(recognised: Recognised) -> tuple[str, ...]:
    """The contract's columns that this file fills."""
    filled = [
        name
        for name, source in recognised.delivery.columns.items()
        if all(recognised.position(heading) is not None for heading in source.headings)
    ]
    return (*filled, *recognised.delivery.constants)


def _unreadable(error: duckdb.Error, file_name: str) -> DeliveryRefused:
    # DuckDB's message quotes the row it stumbled on, so only its line number may be kept.
    words = str(error).split("Line:", 1)
    line = f", ligne {words[1].split()[0]}" if len(words) == 2 and words[1].split() else ""
    return DeliveryRefused(
        "Les lignes de ce fichier n'ont pas toutes la forme de l'en-tête.",
        place=f"{file_name}{line}",
        remedy="Exportez-le de nouveau en CSV ; un guillemet ouvert et jamais fermé en est souvent la cause.",
    )
