"""Small real files of each kind, made here: what the tests of the readers open."""

from __future__ import annotations

import sqlite3
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import xlsxwriter

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
ODS_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def write_xlsx(path: Path, fill: Callable[[xlsxwriter.Workbook], None], **options: bool) -> Path:
    """A workbook that `fill` fills."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True, **options})
    fill(book)
    book.close()
    return path


def write_ods(path: Path, tables: str, manifest: str = "", mimetype: str = ODS_MIMETYPE) -> Path:
    """An OpenDocument package around the XML of its tables; the style « cachee » hides one."""
    hidden = '<style:style style:name="cachee" style:family="table"><style:table-properties table:display="false"/>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}><office:automatic-styles>{hidden}'
        f"</style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", mimetype)
        package.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="urn:x">{manifest}</m:manifest>')
        package.writestr("content.xml", content, compress_type=zipfile.ZIP_DEFLATED)
    return path


def ods_cell(text: str, kind: str = "string", value: str = "", times: int = 1) -> str:
    """A cell of an OpenDocument table."""
    return (
        f'<table:table-cell table:number-columns-repeated="{times}" office:value-type="{kind}" {value}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def ods_gap(times: int = 1) -> str:
    """Empty cells of an OpenDocument table."""
    return f'<table:table-cell table:number-columns-repeated="{times}"/>'


def ods_row(*cells: str, times: int = 1) -> str:
    """A row of an OpenDocument table, so many times."""
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def ods_table(name: str, *rows: str, style: str = "") -> str:
    """A table of an OpenDocument spreadsheet."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


def write_grist(path: Path, tables: dict[str, list[tuple[str, str, str, str]]], rows: dict[str, list[tuple]]) -> Path:
    """A Grist document: for each table its columns (name, label, type, « Table.column » shown by its references)."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE _grist_Tables (id INTEGER PRIMARY KEY, tableId TEXT, summarySourceTable INTEGER)")
    connection.execute(
        "CREATE TABLE _grist_Tables_column (id INTEGER PRIMARY KEY, parentId INTEGER, parentPos NUMERIC, colId TEXT, "
        "type TEXT, label TEXT, visibleCol INTEGER)"
    )
    keys = {f"{table}.{name}": 0 for table, columns in tables.items() for name, *_ in columns}
    keys = {name: position for position, name in enumerate(keys, start=1)}
    for number, (table, columns) in enumerate(tables.items(), start=1):
        summarised = 1 if "_summary_" in table else 0
        connection.execute("INSERT INTO _grist_Tables VALUES (?, ?, ?)", [number, table, summarised])
        declared = ", ".join(f'"{name}" BLOB' for name, *_ in columns)
        connection.execute(f'CREATE TABLE "{table}" (id INTEGER PRIMARY KEY, {declared})')
        for name, label, kind, shown in columns:
            key = keys[f"{table}.{name}"]
            values = [key, number, key, name, kind, label, keys.get(shown, 0)]
            connection.execute("INSERT INTO _grist_Tables_column VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        for row in rows.get(table, []):
            connection.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" for _ in row)})', row)
    connection.commit()
    connection.close()
    return path


def grist_text(text: str) -> bytes:
    """A text in the binary form that Grist gives to the results of formulas."""
    return b"u" + struct.pack("<i", len(text.encode())) + text.encode()


def grist_list(*items: bytes) -> bytes:
    """A list in that form."""
    return b"[" + struct.pack("<i", len(items)) + b"".join(items)


def one_of_each(folder: Path) -> dict[str, Path]:
    """A sound file of each kind."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Fiches")
        sheet.write_row(0, 0, ["Structure", "Reçu le", "Délai"])
        sheet.write_row(1, 0, ["FICTIF-1", "12/03/2025", 3])
        sheet.write_datetime(2, 1, date(2025, 3, 12), book.add_format({"num_format": "dd/mm/yyyy"}))

    return {
        "xlsx": write_xlsx(folder / "a.bin", fill),
        "ods": write_ods(
            folder / "b.bin", ods_table("Fiches", ods_row(ods_cell("Structure")), ods_row(ods_cell("F-1")))
        ),
        "parquet": _write_parquet(folder / "c.bin"),
        "grist": write_grist(
            folder / "d.bin", {"Fiches": [("Recu", "Reçu le", "Date", "")]}, {"Fiches": [(1, 1_741_737_600)]}
        ),
    }


def _write_parquet(path: Path) -> Path:
    pl.DataFrame({"Structure": ["FICTIF-1"], "Reçu le": [date(2025, 3, 12)], "Délai": [3.0]}).write_parquet(path)
    return path
