"""A document to read and print, as an accessible PDF (PDF/UA-1) typeset by Typst from what a view tells.

`common.typ` is how all documents look; each kind of document lays out its own parts. Fonts travel with the product.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst

from dashboard.text.typography import NARROW, NO_BREAK, typeset

_HERE = Path(__file__).parent
# They are those of what is handed out: a folder of files, and no stage is run for it.
_FONTS = _HERE.parents[1] / "pipelines" / "handouts" / "fonts"
_COMMON = "common.typ"
_PAGE = re.compile(rb"/Type ?/Page\b")


@dataclass(frozen=True)
class Document:
    """What a document says, under names that its layout knows; its drawings (SVG) by name; the day that it bears."""

    layout: str
    told: Mapping[str, Any]
    day: date
    drawings: Mapping[str, bytes] = field(default_factory=dict)


def pdf(document: Document) -> bytes:
    """The document as a tagged PDF; the same document gives the same bytes."""
    return _compiled(document, "pdf")[0]


def pages(document: bytes) -> int:
    """How many pages a PDF made here has."""
    return len(_PAGE.findall(document))


def _compiled(document: Document, shape: Literal["pdf", "png"]) -> list[bytes]:
    # Read here: Typst would otherwise watch the folder of the product for what a document may include.
    files = {
        "main": (_HERE / document.layout).read_bytes(),
        _COMMON: (_HERE / _COMMON).read_bytes(),
        **{name: _readable(drawing) for name, drawing in document.drawings.items()},
    }
    made = typst.compile(  # type: ignore[call-overload]  # its stubs know no input of several files
        files,
        sys_inputs={"told": _written(document.told)},
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        format=shape,
        pdf_standards=["ua-1"] if shape == "pdf" else [],
        timestamp=datetime.combine(document.day, time(), tzinfo=UTC),
    )
    return made if isinstance(made, list) else [made]


def _written(told: Mapping[str, Any]) -> str:
    """Every word typeset; the font has no narrow space, so that all of them become ordinary unbreakable ones."""
    return typeset(json.dumps(told, ensure_ascii=False)).replace(NARROW, NO_BREAK)


def _readable(drawing: bytes) -> bytes:
    return drawing.decode("utf-8").replace(NARROW, NO_BREAK).encode("utf-8")
