"""Reading a bulk CSV with DuckDB, without a byte of it ever touching a disk of ours."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from grids.errors import DeliveryRefused
from pipelines.intake.office_text import FirstLines, utf8_chunks
from pipelines.intake.recognition import Recognised
from pipelines.staging import quoted


def read_csv(connection: duckdb.DuckDBPyConnection, path: Path, lines: FirstLines, recognised: Recognised) -> None:
    """Fill the table `brut` of the door's connection: `ligne`, then one text column for each heading kept.

    [line of the file]; `ligne` is the row number that a spreadsheet shows. Columns "à retirer" are never held.
    Raises DeliveryRefused if the rows do not hold together.
    """
    names = [f"c{position}" for position in range(len(recognised.headings))]
    kept = [
        f"{_cell(names[position])} AS {quoted(heading)}"
        for heading in recognised.delivery.kept_headings
        if (position := recognised.position(heading)) is not None
    ]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    with _utf8_address(path, lines.encoding) as address:
        try:
            connection.execute(
                f"""CREATE TABLE brut AS
                SELECT row_number() OVER () + {recognised.heading_row} AS ligne, {", ".join(kept)}
                FROM read_csv('{address}', auto_detect = false, skip = {recognised.heading_row - 1}, header = true,
                  delim = '{lines.separator}', quote = '"', escape = '"', null_padding = true, strict_mode = true,
                  parallel = false, columns = {{{columns}}})"""
            )
        except duckdb.Error as error:
            raise _unreadable(error, path) from None


def _cell(name: str) -> str:
    """A cell without its outer spaces (no-break ones included); an empty cell is NULL."""
    spaces = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8239)"
    return f"nullif(trim({name}, {spaces}), '')"


@contextmanager
def _utf8_address(path: Path, encoding: str) -> Iterator[str]:
    """Where DuckDB can read the file as UTF-8: the file itself, or a pipe that transcodes it as it is read."""
    if encoding in ("utf-8", "utf-8-sig"):
        yield str(path).replace("'", "''")
        return
    reading, writing = os.pipe()
    feeder = threading.Thread(target=_feed, args=(path, encoding, writing), daemon=True)
    feeder.start()
    try:
        yield f"/dev/fd/{reading}"
    finally:
        os.close(reading)
        feeder.join()


def _feed(path: Path, encoding: str, writing: int) -> None:
    # The reader may stop early (a refused row); the pipe then breaks, and that is not our error to tell.
    try:
        with os.fdopen(writing, "wb") as pipe:
            for piece in utf8_chunks(path, encoding):
                pipe.write(piece)
    except BrokenPipeError:
        pass


def _unreadable(error: duckdb.Error, path: Path) -> DeliveryRefused:
    # DuckDB's message quotes the row it stumbled on, so only its line number may be kept.
    words = str(error).split("Line:", 1)
    line = f", ligne {words[1].split()[0]}" if len(words) == 2 and words[1].split() else ""
    return DeliveryRefused(
        "Les lignes de ce fichier n'ont pas toutes la forme de l'en-tête.",
        place=f"{path.name}{line}",
        remedy="Exportez-le de nouveau en CSV ; un guillemet ouvert et jamais fermé en est souvent la cause.",
    )
