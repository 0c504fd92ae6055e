"""How the workbooks of a questionnaire look: large upright letters without serifs, ragged right, contrasts of at least 4.5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_INK = "#1B1B35"
_TEXT: dict[str, Any] = {
    "font_name": "Verdana", "font_size": 11, "font_color": _INK, "text_wrap": True, "valign": "vcenter", "align": "left"
}  # fmt: skip
_CELL = {**_TEXT, "border": 1, "border_color": "#8D8D8D"}
LINE = 19
"""The height of a line of text, in points: more than half as much again as its letters."""
_LETTERS_BY_WIDTH = 0.95
"""How many letters stand in one unit of width: the unit is a digit of a smaller type."""

PORTRAIT_WIDTH = 90
LANDSCAPE_WIDTH = 132


@dataclass(frozen=True)
class Styles:
    """The formats of one workbook; only `answer` may be written in."""

    title: Format
    text: Format
    section: Format
    heading: Format
    choice_heading: Format
    code: Format
    question: Format
    box: Format
    answer: Format


def make_styles(workbook: Workbook) -> Styles:
    """The formats, added to `workbook`."""
    bold = {**_CELL, "bold": True, "bg_color": "#E8EDFF"}
    return Styles(
        title=workbook.add_format({**_TEXT, "bold": True, "font_size": 15}),
        text=workbook.add_format({**_TEXT, "valign": "top"}),
        section=workbook.add_format({**_TEXT, "bold": True, "font_size": 13, "valign": "bottom"}),
        heading=workbook.add_format(bold),
        choice_heading=workbook.add_format({**bold, "font_size": 9, "align": "center"}),
        code=workbook.add_format({**_CELL, "font_size": 9}),
        question=workbook.add_format(_CELL),
        box=workbook.add_format({**_CELL, "font_size": 15, "align": "center"}),
        answer=workbook.add_format({**_CELL, "locked": False, "bg_color": "#FFF7D6"}),
    )


def height(text: str, width: float) -> float:
    """The height of a row, in points, in which `text` is read whole over `width`."""
    lines = sum(max(1, -(-len(part) // int(width * _LETTERS_BY_WIDTH))) for part in text.split("\n"))
    return LINE * lines + 5


def ready_to_print(page: Worksheet, title: str, repeated: int, *, landscape: bool = False) -> None:
    """One page wide, on A4, the first `repeated` rows on every page, pages numbered; protected without a password."""
    page.set_paper(9)
    if landscape:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.repeat_rows(0, repeated - 1)
    page.set_footer(f"&L&9{title.replace('&', '&&')}&R&9Page &P sur &N")
    page.hide_gridlines(2)
    page.protect("", {"format_columns": True, "format_rows": True})
