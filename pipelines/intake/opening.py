"""Opening a file by what it holds: a text, a workbook's sheets, Parquet, a Grist document; and finding the delivery in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from grids.errors import DeliveryRefused
from grids.network import Mapping
from pipelines.intake import grist, parquet_file, workbook
from pipelines.intake.kinds import kind_of
from pipelines.intake.limesurvey import survey_cells
from pipelines.intake.office_text import HEADING_SEARCH_LINES, FirstLines, first_lines
from pipelines.intake.pages import Page
from pipelines.intake.recognition import Recognised, recognise, told
from pipelines.intake.sources import CsvSource, FrameSource, Source, changed

_PAGES = {"classeur": workbook.open_pages, "parquet": parquet_file.open_pages, "grist": grist.open_pages}


@dataclass(frozen=True)
class Opened:
    """A file whose delivery is known; `source` gives its rows on a connection."""

    recognised: Recognised
    source: Callable[[duckdb.DuckDBPyConnection], Source]


def open_file(path: Path, mapping: Mapping) -> Opened:
    """The delivery of `mapping` that the file holds.

    Raises DeliveryRefused if it holds none, or several sheets that would each be one, or is taken away meanwhile.
    """
    kind = kind_of(path)
    try:
        return _open_text(path, mapping) if kind == "texte" else _open_pages(_PAGES[kind](path), path, mapping)
    except FileNotFoundError:
        raise changed(path.name) from None


def _open_text(path: Path, mapping: Mapping) -> Opened:
    lines = first_lines(path)
    recognised = recognise(lines, mapping, path.name)

    def source(connection: duckdb.DuckDBPyConnection) -> Source:
        if recognised.read_whole:
            return FrameSource(connection, survey_cells(path, lines, recognised), recognised)
        return CsvSource(path, lines.encoding, lines.separator, recognised)

    return Opened(recognised, source)


def _open_pages(pages: list[Page], path: Path, mapping: Mapping) -> Opened:
    tried = [(place, page, _recognised(page, mapping, path)) for place, page in enumerate(pages, start=1)]
    found = [(place, page, recognised) for place, page, recognised in tried if recognised is not None]
    if len(found) > 1:
        names = ", ".join(told(page.name, place) for place, page, _ in found)
        raise DeliveryRefused(
            f"Plusieurs feuilles de ce fichier sont des livraisons : {names}.",
            place=path.name,
            remedy="Livrez une feuille par fichier.",
        )
    if not found:
        recognise(FirstLines("", "", (), ()), mapping, path.name)
    _, page, recognised = found[0]
    cells = page.cells.slice(recognised.heading_row)
    return Opened(recognised, lambda connection: FrameSource(connection, cells, recognised))


def _recognised(page: Page, mapping: Mapping, path: Path) -> Recognised | None:
    """The delivery of a sheet, or None: a sheet of notes beside the data is nothing to refuse."""
    rows = tuple(tuple(cell or "" for cell in row) for row in page.cells.head(HEADING_SEARCH_LINES).iter_rows())
    try:
        return recognise(FirstLines("", "", rows, tuple(range(1, len(rows) + 1))), mapping, path.name)
    except DeliveryRefused:
        return None
