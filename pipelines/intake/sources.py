"""The rows of a file as SQL that can be scanned more than once, without a byte of them touching a disk of ours.

Every source gives, in the file's order, one row a data row and one text column a heading kept, empty as NULL.
Columns "à retirer" are never among them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import duckdb
import polars as pl

from grids.errors import DeliveryRefused
from pipelines.intake.office_text import utf8_chunks
from pipelines.intake.recognition import Recognised
from pipelines.staging import quoted


class Source(Protocol):
    """A file whose rows can be scanned."""

    def scan(self, *, ragged: bool = False) -> AbstractContextManager[str]:
        """A context in which the SQL it gives may be read once. `ragged`: rows may be shorter than the heading."""
        ...


@dataclass(frozen=True)
class CsvSource:
    """A text file: DuckDB reads it where it lies if it is UTF-8, through a pipe that transcodes it if not."""

    path: Path
    encoding: str
    separator: str
    recognised: Recognised

    @contextmanager
    def scan(self, *, ragged: bool = False) -> Iterator[str]:
        """SQL over read_csv; only a tolerant, single-threaded reading fills up short rows."""
        names = [f"c{position}" for position in range(len(self.recognised.headings))]
        cells = ", ".join(
            f"nullif({names[position]}, '') AS {quoted(heading)}"
            for heading, position in kept_positions(self.recognised)
        )
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        skip = 0 if self._titles_hold_line_feeds else self.recognised.heading_row - 1
        tolerance = "null_padding = true, parallel = false" if ragged else "null_padding = false"
        with self._address() as address, self._told_if_changed():
            yield f"""SELECT {cells} FROM read_csv('{address}', auto_detect = false, header = true,
              skip = {skip}, delim = '{self.separator}', quote = '"', escape = '"',
              strict_mode = true, {tolerance}, columns = {{{columns}}})"""

    @property
    def _titles_hold_line_feeds(self) -> bool:
        # DuckDB does not count such lines as we do: they are then left out before it reads.
        return self.recognised.lines_above != self.recognised.heading_row - 1

    @contextmanager
    def _told_if_changed(self) -> Iterator[None]:
        before = _state(self.path)
        try:
            yield
        except duckdb.Error:
            if _state(self.path) == before:
                raise
            raise changed(self.path.name) from None

    @contextmanager
    def _address(self) -> Iterator[str]:
        if self.encoding in ("utf-8", "utf-8-sig") and not self._titles_hold_line_feeds:
            yield str(self.path).replace("'", "''")
            return
        reading, writing = os.pipe()
        dropped = self.recognised.lines_above if self._titles_hold_line_feeds else 0
        pieces = utf8_chunks(self.path, self.encoding, dropped)
        broken: list[Exception] = []
        feeder = threading.Thread(target=_feed, args=(pieces, writing, broken), daemon=True)
        feeder.start()
        try:
            yield f"/dev/fd/{reading}"
        finally:
            os.close(reading)
            feeder.join()
        # The reader took the pipe's end for the file's: what it has read is not the whole file.
        if broken:
            raise changed(self.path.name)


@dataclass(frozen=True)
class FrameSource:
    """Cells already in memory: a sheet of a workbook, a survey's export, a document."""

    connection: duckdb.DuckDBPyConnection
    cells: pl.DataFrame  # text columns named c<position> after the file's own
    recognised: Recognised

    @contextmanager
    def scan(self, *, ragged: bool = False) -> Iterator[str]:
        """SQL over the frame; its rows all have the same length."""
        self.connection.register("feuille", self.cells.to_arrow())
        cells = ", ".join(
            f"nullif(c{position}, '') AS {quoted(heading)}" for heading, position in kept_positions(self.recognised)
        )
        try:
            yield f"SELECT {cells} FROM feuille"
        finally:
            self.connection.unregister("feuille")


def kept_positions(recognised: Recognised) -> list[tuple[str, int]]:
    """The headings that the mapping keeps and the file has, with their position (from 0); what tells an end, besides."""
    told = [recognised.unfinished] if recognised.unfinished else []
    return [
        (heading, position)
        for heading in dict.fromkeys([*recognised.delivery.kept_headings, *told])
        if (position := recognised.position(heading)) is not None
    ]


def changed(file_name: str) -> DeliveryRefused:
    """The refusal of a file that is no longer what it was when its reading began."""
    return DeliveryRefused(
        "Ce fichier a changé pendant qu'il était lu.",
        place=file_name,
        remedy="Attendez que sa copie soit finie, puis relancez la lecture ; s'il est incomplet, redéposez-le.",
    )


def _state(path: Path) -> tuple[int, int] | None:
    """The size and the time of a file, None if it is gone."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_size, told.st_mtime_ns


def _feed(pieces: Iterator[bytes], writing: int, broken: list[Exception]) -> None:
    # The reader may stop early (a refused row); the pipe then breaks, and that is not our error to tell.
    try:
        with os.fdopen(writing, "wb") as pipe:
            for piece in pieces:
                pipe.write(piece)
    except BrokenPipeError:
        pass
    except (UnicodeError, OSError) as error:
        # The whole file could be decoded a moment ago.
        broken.append(error)
