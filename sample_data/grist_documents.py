"""Receptions as a Grist document: an SQLite file whose tables of its own tell the users' tables, labels and types."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sample_data.tables import Cell, Table

_SYSTEM = (
    "CREATE TABLE _grist_DocInfo (id INTEGER PRIMARY KEY, docId TEXT, timezone TEXT, schemaVersion INTEGER)",
    "CREATE TABLE _grist_Tables (id INTEGER PRIMARY KEY, tableId TEXT, primaryViewId INTEGER, "
    "summarySourceTable INTEGER, onDemand BOOLEAN, rawViewSectionRef INTEGER)",
    "CREATE TABLE _grist_Tables_column (id INTEGER PRIMARY KEY, parentId INTEGER, parentPos NUMERIC, colId TEXT, "
    "type TEXT, widgetOptions TEXT, isFormula BOOLEAN, formula TEXT, label TEXT, visibleCol INTEGER)",
    "INSERT INTO _grist_DocInfo VALUES (1, '', 'Europe/Paris', 42)",
)
_EMPTY: dict[str, Cell] = {"Text": "", "Choice": "", "Ref": 0}


@dataclass(frozen=True)
class GristTable:
    """A table of a document: `types` by heading (« Ref:Lieux » for a reference, which shows that table's first column)."""

    name: str
    filled: Table
    types: Mapping[str, str]


def grist_document(*tables: GristTable) -> bytes:
    """The bytes of a document that holds `tables`: the same tables give the same bytes."""
    connection = sqlite3.connect(":memory:")
    try:
        for statement in _SYSTEM:
            connection.execute(statement)
        first_columns: dict[str, int] = {}
        for number, each in enumerate(tables, start=1):
            _declare(connection, number, each, first_columns)
            _fill(connection, each)
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _declare(connection: sqlite3.Connection, number: int, each: GristTable, first_columns: dict[str, int]) -> None:
    connection.execute("INSERT INTO _grist_Tables VALUES (?, ?, 0, 0, 0, 0)", [number, each.name])
    described = [("manualSort", "manualSort", "ManualSortPos"), *_columns(each)]
    names = ", ".join(f'"{name}" BLOB' for name, _, _ in described)
    connection.execute(f'CREATE TABLE "{each.name}" (id INTEGER PRIMARY KEY, {names})')
    for place, (name, label, kind) in enumerate(described):
        shown = first_columns[kind.removeprefix("Ref:")] if kind.startswith("Ref:") else 0
        values = (number, place, name, kind, "", 0, "", label, shown)
        key = connection.execute(
            "INSERT INTO _grist_Tables_column VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
        ).lastrowid
        if place == 1 and key is not None:
            first_columns[each.name] = key


def _columns(each: GristTable) -> list[tuple[str, str, str]]:
    return [
        (f"c{place}", heading, each.types.get(heading, "Text"))
        for place, heading in enumerate(each.filled.headings, start=1)
    ]


def _fill(connection: sqlite3.Connection, each: GristTable) -> None:
    kinds = [kind for _, _, kind in _columns(each)]
    places = ", ".join("?" for _ in range(len(kinds) + 2))
    rows = (
        (number, float(number), *(_stored(cell, kind) for cell, kind in zip(row, kinds, strict=True)))
        for number, row in enumerate(each.filled.rows, start=1)
    )
    connection.executemany(f'INSERT INTO "{each.name}" VALUES ({places})', rows)


def _stored(cell: Cell, kind: str) -> Cell:
    """Dates are seconds since 1970 at midnight UTC, lists JSON marked by L, booleans 0 or 1."""
    if cell is None:
        return _EMPTY.get(kind.partition(":")[0])
    if isinstance(cell, date):
        return int(datetime(cell.year, cell.month, cell.day, tzinfo=UTC).timestamp())
    if kind == "ChoiceList":
        return json.dumps(["L", *str(cell).split("|")], ensure_ascii=False)
    return int(cell) if isinstance(cell, bool) else cell
