"""Files that went wrong beside the sound ones: what people deliver by mistake, each made from a sound export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sample_data.appointments import two_digit_days
from sample_data.delivery import Export
from sample_data.tables import Cell, Table
from sample_data.workbooks import workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR = 512


def mishap_bytes(export: Export, defect: dict[str, Any]) -> bytes:
    """The bytes of the file that `defect` (planted.yaml) describes, made from the sound `export`."""
    return _MISHAPS[defect["mishap"]](export, defect)


def _cells_written_over(export: Export, defect: dict[str, Any]) -> bytes:
    place = export.filled.headings.index(defect["column"])
    rows = list(export.filled.rows)
    for number in defect["lines"]:
        row = rows[number - export.first_line]
        rows[number - export.first_line] = (*row[:place], defect["value"], *row[place + 1 :])
    return export.write(export.filled.with_rows(rows))


def _one_column_more(export: Export, defect: dict[str, Any]) -> bytes:
    return _with_column(export, defect["column"], [defect["value"]] * len(export.filled.rows))


def _heading_twice(export: Export, defect: dict[str, Any]) -> bytes:
    place = export.filled.headings.index(defect["column"])
    return _with_column(export, defect["column"], [row[place] for row in export.filled.rows])


def _with_column(export: Export, heading: str, cells: list[Cell]) -> bytes:
    rows = tuple((*row, cell) for row, cell in zip(export.filled.rows, cells, strict=True))
    return export.write(Table((*export.filled.headings, heading), rows))


def _cut_short(export: Export, defect: dict[str, Any]) -> bytes:
    whole = export.write(export.filled)
    return whole[: len(whole) * 2 // 3]


def _two_sheets(export: Export, defect: dict[str, Any]) -> bytes:
    sheets = [(name, export.filled) for name in defect["sheets"]]
    return workbook(sheets, defect["title"], [""] * len(export.filled.headings))


def _old_workbook(export: Export, defect: dict[str, Any]) -> bytes:
    """The first bytes of the container of old .xls files, enough to be known for one; nothing of the records."""
    return (_OLE + "Workbook".encode("utf-16-le")).ljust(3 * _SECTOR, b"\0")


def _given_again_corrected(export: Export, defect: dict[str, Any]) -> bytes:
    place = export.filled.headings.index(defect["column"])
    wrong = [row for row in export.filled.rows if row[place] not in (None, defect["value"])]
    corrected = [(*row[:place], defect["value"], *row[place + 1 :]) for row in wrong[: defect["count"]]]
    return export.write(export.filled.with_rows(corrected))


def _ambiguous_days(export: Export, defect: dict[str, Any]) -> bytes:
    """Receptions without appointment noted elsewhere: other numbers, days that nobody can tell."""
    named = {heading: place for place, heading in enumerate(export.filled.headings)}
    walked_in = [row for row in export.filled.rows if row[named[defect["empty"]]] is None][: len(defect["lines"])]
    days = two_digit_days([day for row in walked_in if isinstance(day := row[named[defect["column"]]], date)])
    told = {defect["reference"]: [f"RDV-AUTRE-{rank:03d}" for rank in range(len(days))], defect["column"]: days}
    rows = [
        tuple(told[heading][rank] if heading in told else cell for heading, cell in zip(named, row, strict=True))
        for rank, row in enumerate(walked_in)
    ]
    return export.write(export.filled.with_rows(rows))


_MISHAPS: dict[str, Callable[[Export, dict[str, Any]], bytes]] = {
    "cellules_remplacees": _cells_written_over,
    "colonne_de_plus": _one_column_more,
    "entete_double": _heading_twice,
    "fichier_coupe": _cut_short,
    "deux_feuilles": _two_sheets,
    "ancien_classeur": _old_workbook,
    "corrections": _given_again_corrected,
    "jours_ambigus": _ambiguous_days,
}
