"""A table equal to a chart, and its files."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

# A figure alone, with at most what it counts; « 11 à 19 » or « 3 jours de moins » are words.
_FIGURE = re.compile(r"([+−-]?)(\d[\d\s]*)(?:,(\d+))?(?: (%|(?!à |sur |de |ou |et )[^\W\d_][^\d(),;:\x22]*))?")
# What begins a formula in a spreadsheet, also after blanks, which some drop.
_FORMULA, _BLANK = ("=", "+", "-", "@", "＝", "＋", "－", "＠"), ("\t", "\r", "\n")
_TURNED = (" de plus", " de moins")
_FIRST_WIDTH, _WIDTH = 44, 26
# A file made twice from the same table is the same file.
_ALWAYS = datetime(2000, 1, 1)


@dataclass(frozen=True)
class Table:
    """Rows of words; the first cell of each row names it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def csv_file(table: Table, preamble: tuple[str, ...]) -> bytes:
    """UTF-8 with BOM and semicolons, as French spreadsheets open it; what the table is about comes first."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows = (*([line] for line in (*preamble, table.caption)), [], table.header, *table.rows)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def xlsx_file(table: Table, preamble: tuple[str, ...]) -> bytes:
    """One sheet: what the table is about, then the table; a cell that is a figure alone is a number, with its unit beside."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": table.caption, "comments": " ".join(preamble), "created": _ALWAYS})
        sheet = book.add_worksheet("Données")
        for row, line in enumerate((table.caption, *preamble)):
            sheet.write_string(row, 0, line, book.add_format({"bold": row == 0}))
        _write_table(book, sheet, table, first=len(preamble) + 2)
    return out.getvalue()


def _write_table(book: xlsxwriter.Workbook, sheet: Worksheet, table: Table, *, first: int) -> None:
    """The header, which stays in sight, and the rows under it."""
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, cell in enumerate(table.header):
        sheet.write_string(first, column, cell, head)
        sheet.set_column(column, column, _WIDTH if column else _FIRST_WIDTH)
    sheet.freeze_panes(first + 1, 1)
    looks: dict[str, Format] = {}
    for row, (name, *cells) in enumerate(table.rows, start=first + 1):
        sheet.write_string(row, 0, name, wrapped)
        for column, cell in enumerate(cells, start=1):
            _write_cell(book, sheet, looks, (row, column), cell, wrapped)


def _write_cell(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    looks: dict[str, Format],
    place: tuple[int, int],
    cell: str,
    wrapped: Format,
) -> None:
    found = figure_alone(cell)
    if found is None:
        sheet.write_string(*place, cell, wrapped)
        return
    number, look = found
    if look not in looks:
        looks[look] = book.add_format({"num_format": look, "align": "left", "valign": "top"})
    sheet.write_number(*place, number, looks[look])


def figure_alone(cell: str) -> tuple[float, str] | None:
    """The number that a cell is and the format that writes it the same: « 81 % » → (0.81, "0%"); None for words."""
    found = _FIGURE.fullmatch(cell)
    if found is None or cell.endswith(_TURNED):
        return None
    sign, whole, decimals, unit = found.groups()
    digits = "".join(whole.split())
    number = float(f"{digits}.{decimals or 0}") * (-1 if sign in ("−", "-") else 1)
    look = f"#,##0{'.' + '0' * len(decimals) if decimals else ''}"
    if unit == "%":
        return number / 100, look.replace("#,##0", "0") + " %"
    look = f'{look}" {unit}"' if unit else look
    return number, f"+{look};-{look}" if sign == "+" else look


def _harmless(cell: str) -> str:
    # A spreadsheet would run a cell that begins like a formula.
    return f"'{cell}" if cell.lstrip()[:1] in _FORMULA or cell[:1] in _BLANK else cell
