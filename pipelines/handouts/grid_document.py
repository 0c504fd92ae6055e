"""A version of the grid as a document to read and print: an accessible PDF (PDF/UA-1), typeset by Typst.

`grid_document.typ` lays out; `grid_contents` says what is told. Fonts travel with the product, so that the same grid gives
the same bytes on any machine.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from grids.model import Grid
from grids.versions import VersionRecord
from pipelines.handouts.grid_contents import contents
from pipelines.handouts.grid_words import unbroken
from pipelines.home import aside, put_in_place

FONTS = Path(__file__).parent / "fonts"
_TEMPLATE = Path(__file__).with_name("grid_document.typ")


def write_document(path: Path, grid: Grid, record: VersionRecord) -> None:
    """Write the whole grid as a PDF at `path`, whole or not at all."""
    built = aside(path)
    built.write_bytes(document_bytes(grid, record))
    put_in_place(built, path)


def document_bytes(grid: Grid, record: VersionRecord) -> bytes:
    """The PDF of a version; the same grid and record give the same bytes."""
    # The day from which the version holds, never today's: a document made again must not look new.
    day = datetime.combine(record.in_force_from, time(), tzinfo=UTC)
    told = unbroken(json.dumps(contents(grid, record), ensure_ascii=False))
    # Read here: Typst would otherwise watch the folder of the product for what a document may include.
    compiled: bytes = typst.compile(  # type: ignore[misc]  # its stubs leave the type of an absent output open
        _TEMPLATE.read_bytes(),
        sys_inputs={"grille": told},
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=day,
    )
    return compiled
