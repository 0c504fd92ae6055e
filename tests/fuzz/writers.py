"""Writing a drafted file as each kind of tool would: text, workbook, Parquet, Grist."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

import pyarrow
import xlsxwriter
from pyarrow import parquet as arrow_parquet

from tests.intake.made_files import ods_cell, ods_row, ods_table, write_grist, write_ods

_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


@dataclass(frozen=True)
class Style:
    """How a text file is written."""

    encoding: str = "utf-8"
    separator: str = ";"
    line_end: str = "\r\n"
    quote_all: bool = False
    blank_end: bool = False


@dataclass
class Draft:
    """A file about to be written: lines above the headings, headings, rows; `sheets`: more of them beside."""

    above: list[list[Any]]
    headings: list[Any]
    rows: list[list[Any]]
    style: Style
    sheets: list[tuple[str, list[list[Any]]]] = field(default_factory=list)

    @property
    def lines(self) -> list[list[Any]]:
        """Every line of the file, in order."""
        return [*self.above, self.headings, *self.rows]


def text(draft: Draft) -> bytes:
    """A CSV file; what its encoding cannot write becomes a question mark."""
    style, out = draft.style, io.StringIO()
    lines = [[_told(cell) for cell in line] for line in draft.lines]
    # The library leaves a lone carriage return unquoted where lines end otherwise.
    quoted = style.quote_all or any("\r" in cell for line in lines for cell in line)
    quoting: Literal[0, 1] = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=style.separator, quoting=quoting, lineterminator=style.line_end)
    writer.writerows(lines)
    end = style.line_end if style.blank_end else ""
    return (out.getvalue() + end).encode(style.encoding, "replace")


def xlsx(draft: Draft) -> bytes:
    """A workbook with a sheet of notes beside the data."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False, "nan_inf_to_errors": True})
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, lines in [("Fiches", draft.lines), ("Lisez-moi", [["Fichier FICTIF"]]), *draft.sheets]:
        sheet = book.add_worksheet(name)
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                _write_cell(sheet, row, column, cell, dated)
    book.close()
    return out.getvalue()


def ods(draft: Draft) -> bytes:
    """An OpenDocument spreadsheet."""
    tables = [("Fiches", draft.lines), ("Lisez-moi", [["Fichier FICTIF"]]), *draft.sheets]
    content = "".join(ods_table(name, *(ods_row(*map(_ods_cell, line)) for line in lines)) for name, lines in tables)
    return _written(lambda path: write_ods(path, content))


def parquet(draft: Draft) -> bytes:
    """A Parquet file; a column whose cells are of several kinds becomes text."""
    names = [_told(each) for each in draft.headings]
    columns = [_array([row[at] if at < len(row) else None for row in draft.rows]) for at in range(len(names))]
    out = io.BytesIO()
    arrow_parquet.write_table(pyarrow.Table.from_arrays(columns, names=names), out)
    return out.getvalue()


def grist(draft: Draft) -> bytes:
    """A Grist document whose columns bear the headings as labels."""
    columns = [(f"c{at}", _told(each), "Text", "") for at, each in enumerate(draft.headings)]
    width = len(columns)
    rows = {
        name: [(n, *_padded(line, width)) for n, line in enumerate(lines, 1)]
        for name, lines in [("Fiches", draft.rows), *((name, lines[1:]) for name, lines in draft.sheets)]
    }
    return _written(lambda path: write_grist(path, dict.fromkeys(rows, columns), rows))


def _padded(line: list[Any], width: int) -> list[Any]:
    cells = [cell.isoformat() if isinstance(cell, date) else cell for cell in line]
    return (cells + [None] * width)[:width]


def _array(cells: list[Any]) -> pyarrow.Array:
    try:
        return pyarrow.array([cell if cell != "" else None for cell in cells])
    except (pyarrow.ArrowException, OverflowError, TypeError):
        return pyarrow.array([_told(cell) for cell in cells])


def _told(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def _write_cell(sheet: Any, row: int, column: int, cell: Any, dated: Any) -> None:
    if isinstance(cell, date | datetime):
        sheet.write_datetime(row, column, cell, dated)
    elif isinstance(cell, str) and cell.startswith("="):
        sheet.write_formula(row, column, cell[:200], value="")
    elif isinstance(cell, bool | int | float):
        sheet.write(row, column, cell)
    elif cell not in ("", None):
        sheet.write_string(row, column, str(cell)[:32_000])


def _ods_cell(cell: Any) -> str:
    shown = escape("".join(sign for sign in _told(cell) if sign in "\t\n" or " " <= sign < "\ud800"), {'"': "&quot;"})
    if isinstance(cell, bool):
        return ods_cell(shown, "boolean", f'office:boolean-value="{str(cell).lower()}"')
    if isinstance(cell, int | float):
        return ods_cell(shown, "float", f'office:value="{cell}"')
    if isinstance(cell, date):
        return ods_cell(shown, "date", f'office:date-value="{cell.isoformat()}"')
    return ods_cell(shown)


def _written(write: Callable[[Path], Path]) -> bytes:
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        return write(Path(folder) / "f").read_bytes()
