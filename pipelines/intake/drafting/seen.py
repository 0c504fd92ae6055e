"""The tables that a file holds, read without any mapping: headings as a mapping may name them, cells in memory only."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Literal

from grids.errors import DeliveryRefused
from pipelines.intake import grist, parquet_file, workbook
from pipelines.intake.drafting.cell_shapes import looks_like_identity
from pipelines.intake.drafting.heading_row import find_heading_row
from pipelines.intake.drafting.vocabulary import vocabulary
from pipelines.intake.kinds import kind_of
from pipelines.intake.office_text import HEADING_SEARCH_LINES, first_lines, normalised
from pipelines.intake.survey_headings import plain_headings

MOST_ROWS = 5_000
"""Rows looked at under the headings: enough to meet every word of a tool."""

Reader = Literal["csv", "limesurvey", "webform"]

_PAGES = {"classeur": workbook.open_pages, "parquet": parquet_file.open_pages, "grist": grist.open_pages}
_SUMMARY_ROW = re.compile(r"\s*(total|totaux|moyenne|ensemble)\b", re.I)


@dataclass(frozen=True)
class SeenColumn:
    """A column: its heading, and its cells without their outer spaces, empty ones left out."""

    heading: str
    cells: tuple[str, ...]

    @cached_property
    def holds_identity(self) -> bool:
        """Whether a cell looks like an identity."""
        return looks_like_identity(*dict.fromkeys(self.cells))


@dataclass(frozen=True)
class SeenTable:
    """A table of a file. `rank`: its sheet among the file's (from 1). `rows`: how many were looked at."""

    rank: int
    reader: Reader
    columns: tuple[SeenColumn, ...]
    rows: int

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, in the file's order."""
        return tuple(column.heading for column in self.columns)


def seen_tables(path: Path) -> list[SeenTable]:
    """Every table of the file at `path`; sheets of notes, of lists and of sums are left out.

    Raises DeliveryRefused if the file cannot be read, or holds no table.
    """
    found = [table for rank, rows in enumerate(_sheets(path), start=1) if (table := _table(rank, rows)) is not None]
    if not found:
        raise DeliveryRefused(
            "Aucun tableau n'a été trouvé dans ce fichier : pas de ligne d'intitulés parmi les dix premières lignes.",
            place=path.name,
            remedy="Gardez au-dessus des données une ligne d'intitulés, un par colonne, tous différents.",
        )
    return found


def _sheets(path: Path) -> list[Sequence[tuple[str, ...]]]:
    """The rows of each sheet that may hold data; a sheet left out is empty, so that the others keep their rank."""
    kind = kind_of(path)
    if kind == "texte":
        return [_text_rows(path)]
    pages = _PAGES[kind](path)
    wanted = MOST_ROWS + HEADING_SEARCH_LINES
    tell_nothing = vocabulary().sheets_without_data
    return [
        ()
        if len(pages) > 1 and _bare_name(page.name) in tell_nothing
        else [tuple(cell or "" for cell in row) for row in page.cells.head(wanted).iter_rows()]
        for page in pages
    ]


def _bare_name(name: str) -> str:
    return re.sub(r"[^a-z]+", " ", normalised(name)).strip()


def _text_rows(path: Path) -> list[tuple[str, ...]]:
    lines = first_lines(path)
    try:
        with path.open(encoding=lines.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=lines.separator)
            return [tuple(row) for row in islice(reader, MOST_ROWS + HEADING_SEARCH_LINES)]
    except csv.Error:
        raise DeliveryRefused(
            "Une cellule de ce fichier est bien trop longue pour un tableau.",
            place=path.name,
            remedy="Exportez-le de nouveau en CSV.",
        ) from None


def _table(rank: int, rows: Sequence[tuple[str, ...]]) -> SeenTable | None:
    asked = plain_headings(tuple(rows[:HEADING_SEARCH_LINES]))
    if asked:
        names, heading_row = asked
        return _built(
            rank, "webform" if {"SID", "Submission ID"} & set(names) else "limesurvey", names, rows[heading_row:]
        )
    position = find_heading_row(rows)
    if position is None:
        return None
    return _built(rank, "csv", tuple(cell.strip() for cell in rows[position]), rows[position + 1 :])


def _built(rank: int, reader: Reader, names: Sequence[str], below: Sequence[tuple[str, ...]]) -> SeenTable:
    records = [row for row in below if _is_record(row, names)][:MOST_ROWS]
    columns = tuple(
        SeenColumn(name, tuple(cell for row in records if len(row) > place and (cell := row[place].strip())))
        for place, name in enumerate(names)
        if name
    )
    return SeenTable(rank, reader, columns, len(records))


def _is_record(row: tuple[str, ...], names: Sequence[str]) -> bool:
    """Neither blank, nor a sum, nor the headings again (some tools repeat them on each page)."""
    told = next((cell for cell in row if cell.strip()), "")
    again = [cell.strip() for cell in row[: len(names)]] == list(names)
    return bool(told) and not again and not _SUMMARY_ROW.match(told)
