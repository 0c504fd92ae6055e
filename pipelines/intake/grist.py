"""Reading a Grist document: an SQLite file whose tables, columns, labels and types are told by tables of its own."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from grids.errors import DeliveryRefused
from pipelines.intake.grist_cells import cell_text, known_zone, row_numbers
from pipelines.intake.pages import Page, page
from pipelines.staging import SET_SEPARATOR, quoted

_SUMMARY = re.compile(r".*_summary(_.*)?\Z", re.S)
_HELPERS = ("manualSort", "gristHelper_")
_LONGEST_SECONDS = 60
_STEPS_BETWEEN_LOOKS = 100_000
_KNOWN = ("_grist_Tables", "_grist_Tables_column")


@dataclass(frozen=True)
class _Column:
    """A column of a Grist table: its heading, its type, and the column that its references show."""

    key: int
    table: str
    name: str
    label: str
    type: str
    shown: int


def is_grist(path: Path) -> bool:
    """Whether an SQLite file is a Grist document; a damaged one is not."""
    try:
        with _opened(path) as connection:
            return _base_tables(connection).issuperset(_KNOWN)
    except (sqlite3.Error, ValueError):
        return False


def open_pages(path: Path) -> list[Page]:
    """The tables of the document that its users made: row 1 the columns' labels, then the rows in their shown order.

    Dates are AAAA-MM-JJ, moments AAAA-MM-JJ hh:mm:ss in the column's own time zone, toggles VRAI or FAUX, lists joined
    by « | »; a reference is what it shows, or the row's number.
    Raises DeliveryRefused if the document is damaged, or asks for a time zone that does not exist.
    """
    try:
        with _opened(path) as connection:
            return _pages(connection, path)
    except (sqlite3.Error, UnicodeDecodeError, OverflowError, ValueError):
        raise _damaged(path) from None


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The document as it is: nothing is written beside it, no journal is played, and no query of its own may run long."""
    connection = _in_memory(path) if path.is_symlink() else _on_disk(path)
    limit = time.monotonic() + _LONGEST_SECONDS
    try:
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.set_progress_handler(lambda: time.monotonic() > limit, _STEPS_BETWEEN_LOOKS)
        yield connection
    finally:
        connection.close()


def _on_disk(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _in_memory(path: Path) -> sqlite3.Connection:
    """A file in memory has no name that SQLite could open: its bytes are handed over."""
    content = bytearray(path.read_bytes())
    # The mode of the journal: there is none here to look for.
    content[18:20] = b"\x01\x01"
    connection = sqlite3.connect(":memory:")
    connection.deserialize(bytes(content))
    connection.execute("PRAGMA query_only = ON")
    return connection


def _base_tables(connection: sqlite3.Connection) -> set[str]:
    """Tables that hold rows: not the views and virtual tables in which a made-up file could hide a program."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
    return {str(name) for (name,) in rows}


def _pages(connection: sqlite3.Connection, path: Path) -> list[Page]:
    tables, columns = _base_tables(connection), _declared_columns(connection)
    names = [name for name in _user_tables(connection) if name in tables]
    if not names:
        raise DeliveryRefused(
            "Ce document Grist n'a aucun tableau.",
            place=path.name,
            remedy="Vérifiez que vous avez téléchargé le document entier, et non un modèle vide.",
        )
    for column in columns:
        if column.type.startswith("DateTime:") and not known_zone(column.type.partition(":")[2]):
            raise _damaged(path)
    return [_page(connection, name, columns) for name in names]


def _user_tables(connection: sqlite3.Connection) -> list[str]:
    """Summary tables are computed from others: they would count everything twice."""
    found = connection.execute("SELECT tableId, summarySourceTable FROM _grist_Tables ORDER BY id")
    return [
        str(name)
        for name, summarised in found
        if not summarised and name and not str(name).startswith("_grist") and not _SUMMARY.match(str(name))
    ]


def _declared_columns(connection: sqlite3.Connection) -> list[_Column]:
    found = connection.execute(
        """SELECT c.id, t.tableId, c.colId, coalesce(nullif(c.label, ''), c.colId), c.type, c.visibleCol
        FROM _grist_Tables_column AS c JOIN _grist_Tables AS t ON t.id = c.parentId ORDER BY c.parentPos, c.id"""
    )
    return [
        _Column(int(key), str(table), str(name), str(label), str(kind), shown if isinstance(shown, int) else 0)
        for key, table, name, label, kind, shown in found
    ]


def _page(connection: sqlite3.Connection, table: str, columns: list[_Column]) -> Page:
    mine = [each for each in columns if each.table == table and not each.name.startswith(_HELPERS)]
    order = "manualSort, id" if any(each.table == table and each.name == "manualSort" for each in columns) else "id"
    texts = [_texts(connection, column, columns, order) for column in mine]
    series = [pl.Series([column.label, *cells], dtype=pl.String) for column, cells in zip(mine, texts, strict=True)]
    return page(table, series)


def _texts(connection: sqlite3.Connection, column: _Column, columns: list[_Column], order: str) -> list[str | None]:
    stored = connection.execute(f"SELECT {quoted(column.name)} FROM {quoted(column.table)} ORDER BY {order}")
    told = _reader(connection, column, columns)
    return [told(value) for (value,) in stored]


def _reader(connection: sqlite3.Connection, column: _Column, columns: list[_Column]) -> Callable[[Any], str | None]:
    shown = next((each for each in columns if each.key == column.shown), None)
    if not column.type.startswith(("Ref:", "RefList:")) or shown is None:
        return lambda value: cell_text(value, column.type)
    rows = connection.execute(f"SELECT id, {quoted(shown.name)} FROM {quoted(shown.table)}")
    labels = {row: cell_text(value, shown.type) for row, value in rows}

    def followed(value: Any) -> str | None:
        named = row_numbers(value)
        if not named:
            return cell_text(value, column.type)
        return SET_SEPARATOR.join(labels.get(row) or str(row) for row in named)

    return followed


def _damaged(path: Path) -> DeliveryRefused:
    return DeliveryRefused(
        "Ce document Grist est abîmé ou incomplet.",
        place=path.name,
        remedy="Téléchargez-le de nouveau depuis Grist, ou exportez le tableau en CSV ou en .xlsx.",
    )
