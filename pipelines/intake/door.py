"""The door: one file in, a delivery without identity out, or a refusal that stores nothing.

Its DuckDB connections live in memory and have no spill folder, since a spill file would hold clear text. What it writes is
only the contract's words and hashes: were a file to be refused half-way, nothing of its source would have reached a disk.
Free comments are written last, once the whole file is known to be clean; phrases once they are known to name nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb

from grids.contract import load_contract
from grids.errors import DeliveryRefused
from grids.network import Delivery, Mapping
from pipelines.home import aside, put_in_place
from pipelines.intake.canonical import set_communes
from pipelines.intake.comments import comments_path, hold_comments, refuse_named_persons, stage_comments
from pipelines.intake.identities import check_headings, identity_refusal
from pipelines.intake.mapped_rows import mapped_sql, staged_sql, unanswered_sql
from pipelines.intake.opening import open_file
from pipelines.intake.phrases import holds_phrases, refuse_persons_in_phrases
from pipelines.intake.recognition import Recognised
from pipelines.intake.references import FIRST_YEAR, LAST_YEAR, Keys, closed_year_refusal, referenced_contracts
from pipelines.intake.sources import Source, changed
from pipelines.intake.working_days import set_calendar
from pipelines.staging import staged_rows_sql, text_literal


@dataclass(frozen=True)
class Passed:
    """A file that passed the door. `connection` holds its rows as the relation `staged` (see mapped_rows.staged_sql).

    `comments`: how many free comments were staged for a person's reading.
    """

    connection: duckdb.DuckDBPyConnection
    delivery: Delivery
    read: int
    set_aside: dict[str, int]
    years: tuple[int, ...]
    removed: tuple[str, ...]
    ignored: tuple[str, ...]
    columns: tuple[str, ...]
    comments: int = 0


def pass_door(
    path: Path,
    mapping: Mapping,
    keys: Keys,
    folder: Path | None = None,
    delivery_id: str = "-",
    closed: Collection[int] = (),
    unchanged: Callable[[], bool] = lambda: True,
) -> Passed:
    """Read the file at `path` as one of its network's deliveries.

    Its rows are staged in `folder`/<table>/<delivery_id>.parquet, its free comments in `folder`/verbatims beside them, or in
    memory only if there is no folder.

    Raises DeliveryRefused (nothing stored) if it is not recognised, holds an identity, does not hold together, brings
    records of a year of `closed`, or is no longer the file that was to be read (`unchanged`).
    """
    said = comments_path(folder, delivery_id) if folder else None
    if said:
        # What an earlier reading of this file staged is replaced, or goes with the refusal.
        said.unlink(missing_ok=True)
    opened = open_file(path, mapping)
    recognised = opened.recognised
    check_headings(recognised, path.name)
    connection = _connection_without_spill(recognised.delivery, keys)
    source = opened.source(connection)
    into = folder / recognised.delivery.table / f"{delivery_id}.parquet" if folder else None
    staging = _Staging(connection, recognised, mapping.network, delivery_id, aside(into) if into else None)
    try:
        staging.write(source, path.name)
        staging.refuse_identities(source, path.name)
        staging.refuse_closed_years(closed, path.name)
        if not unchanged():
            raise changed(path.name)
    except Exception:
        staging.forget()
        raise
    return staging.passed(into, said)


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
            self._write(source, file_name, ragged=False)
        except duckdb.InvalidInputException:
            try:
                self._write(source, file_name, ragged=True)
            except duckdb.InvalidInputException as error:
                raise _unreadable(error, file_name) from None

    def refuse_identities(self, source: Source, file_name: str) -> None:
        """Raises DeliveryRefused if a cell looked like an identity, or a comment seems to name a person."""
        [(found,)] = self.connection.execute("SELECT coalesce(bool_or(identite), false) FROM lues").fetchall()
        if found:
            with source.scan(ragged=True) as rows:
                refusal = identity_refusal(self.connection, self.recognised, rows, file_name)
            raise refusal
        refuse_named_persons(self.connection, self.recognised, file_name)

    def refuse_closed_years(self, closed: Collection[int], file_name: str) -> None:
        """Raises DeliveryRefused if records bear the month of a closed year: they could not be recognised any more."""
        if closed and self.delivery.table in {each.table for each in referenced_contracts()}:
            years = self.connection.execute("SELECT DISTINCT annee_du_mois FROM lues WHERE ecartee IS NULL").fetchall()
            found = [year for (year,) in years if year in closed]
            if found:
                raise closed_year_refusal(found, file_name)

    def passed(self, into: Path | None, said: Path | None) -> Passed:
        """What the door saw; its rows are put in place and become the relation `staged`."""
        reasons = dict(self.connection.execute("SELECT ecartee, count(*) FROM lues GROUP BY ecartee").fetchall())
        years = self.connection.execute(
            "SELECT DISTINCT annee_du_mois FROM lues WHERE annee_du_mois IS NOT NULL ORDER BY ALL"
        ).fetchall()
        if into and self.built:
            put_in_place(self.built, into)
        comments = self._stage_comments(said)
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
            comments=comments,
        )

    def _stage_comments(self, said: Path | None) -> int:
        if not said:
            return 0
        return stage_comments(self.connection, self.recognised, self.network, self.delivery_id, said)

    def _write(self, source: Source, file_name: str, *, ragged: bool) -> None:
        with source.scan(ragged=ragged) as rows:
            mapped = mapped_sql(self.recognised, self.network, rows, self.recognised.unfinished)
            written = bool(self.delivery.comments) or holds_phrases(self.recognised)
            if self.built and not self.delivery.questions and not written:
                self._stream(mapped)
            else:
                self._hold(mapped, file_name)

    def _stream(self, mapped: str) -> None:
        """Straight to Parquet: a large file never stands in memory. Its lines are the file's own order."""
        first = self.recognised.heading_row + 1
        self._copy(f"SELECT NULL::BIGINT AS ligne, {first} AS premiere_ligne, * FROM ({mapped})")
        self.connection.execute(f"CREATE OR REPLACE VIEW lues AS FROM read_parquet({text_literal(str(self.built))})")

    def _hold(self, mapped: str, file_name: str) -> None:
        """In memory: a file that is only checked, answers, which are few and change shape, or what persons wrote."""
        first = self.recognised.heading_row
        self.connection.execute(
            f"CREATE OR REPLACE TABLE mappees AS SELECT row_number() OVER () + {first} AS ligne, * FROM ({mapped})"
        )
        self.connection.execute(
            f"CREATE OR REPLACE TABLE mappees AS SELECT * REPLACE ({unanswered_sql(self.recognised)} AS ecartee) FROM mappees"
        )
        self.connection.execute("CREATE OR REPLACE TABLE lues AS SELECT identite, annee_du_mois, ecartee FROM mappees")
        self.connection.execute(
            f"CREATE OR REPLACE TABLE retenues AS {staged_sql(self.delivery, 'mappees')} ORDER BY ligne"
        )
        hold_comments(self.connection, self.recognised, "mappees")
        refuse_persons_in_phrases(self.connection, self.recognised, "mappees", file_name)
        self.connection.execute("DROP TABLE mappees")
        if self.built:
            self._copy("SELECT *, 0 AS premiere_ligne, NULL::VARCHAR AS ecartee FROM retenues")

    def _copy(self, rows: str) -> None:
        names = f"{text_literal(self.delivery_id)} AS livraison_id, {text_literal(self.network)} AS reseau"
        target = text_literal(str(self.built))
        self.connection.execute(
            f"COPY (SELECT {names}, * FROM ({rows})) TO {target} (FORMAT parquet, COMPRESSION zstd)"
        )

    def forget(self) -> None:
        """Remove what was written of a file that does not pass."""
        if self.built:
            self.built.unlink(missing_ok=True)


def _connection_without_spill(delivery: Delivery, keys: Keys) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute("SET temp_directory = ''")
    if any(source.working_days for source in delivery.columns.values()):
        set_calendar(connection)
    if any(column.type == "commune" for column in load_contract(delivery.table).columns):
        set_communes(connection)
    connection.execute("CREATE TABLE cles AS SELECT $keys AS liste", {"keys": [keys[year] for year in sorted(keys)]})
    return connection


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
