"""Receptions as a workbook (.xlsx): a title, merged group headings above the headings, true dates, a sheet of notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import groupby

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sample_data.tables import Table

HEADING_ROW = 3
"""The row (from 1) of the headings: under a title and the groups."""

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# A fixed day: the same records give the same bytes.
_CREATED = datetime(2026, 1, 1)
_NOTES = (
    "Notice",
    "Données synthétiques : rien ici ne décrit un service réel.",
    "Une ligne pour chaque accueil. Une case vide veut dire « non renseigné ».",
)


def new_workbook(title: str) -> tuple[Workbook, BytesIO]:
    """A workbook, and where its bytes will stand once it is closed."""
    content = BytesIO()
    book = Workbook(content, _OPTIONS)
    book.set_properties({"title": title, "created": _CREATED})
    return book, content


def workbook(sheets: Sequence[tuple[str, Table]], title: str, groups: Sequence[str]) -> bytes:
    """A sheet for each named table, and a last one of notes. `groups`: what stands above each column, merged."""
    book, content = new_workbook(title)
    for name, filled in sheets:
        _write_sheet(book, book.add_worksheet(name), filled, title, groups)
    book.add_worksheet("Notice").write_column(0, 0, _NOTES)
    book.close()
    return content.getvalue()


def _write_sheet(book: Workbook, page: Worksheet, filled: Table, title: str, groups: Sequence[str]) -> None:
    strong = book.add_format({"bold": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_string(0, 0, title, strong)
    for words, places in groupby(range(len(groups)), key=lambda place: groups[place]):
        first, *others = places
        if others:
            page.merge_range(1, first, 1, others[-1], words, strong)
        else:
            page.write_string(1, first, words, strong)
    page.write_row(HEADING_ROW - 1, 0, filled.headings, strong)
    for row, cells in enumerate(filled.rows, start=HEADING_ROW):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(row, column, cell, day)
            elif cell is not None:
                page.write(row, column, cell)
