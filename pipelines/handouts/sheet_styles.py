"""How the common sheet looks: contrasts of at least 4.5, and never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format

_INK, _PAPER = "#1B1B35", "#FFFFFF"
_CELL = {"border": 1, "border_color": "#8D8D8D", "valign": "vcenter", "text_wrap": True, "font_color": _INK}


@dataclass(frozen=True)
class Styles:
    """The formats of one workbook."""

    title: Format
    fact: Format
    asked_fact: Format
    asked_week: Format
    banner: Format
    heading: Format
    answer: Format
    prefilled: Format
    worked_out: Format
    not_asked: Format
    counted: Format
    missing: Format
    text: Format
    subtitle: Format


def make_styles(workbook: Workbook) -> Styles:
    """The formats, added to `workbook`. Only cells to fill in are unlocked; what is prefilled is in italics."""
    fact = {"bold": True, "valign": "vcenter", "text_wrap": True, "font_color": _INK}
    to_fill = {**_CELL, "bold": True, "locked": False, "bg_color": "#FFF7D6"}
    return Styles(
        title=workbook.add_format({"bold": True, "font_size": 14, "valign": "vcenter", "font_color": _INK}),
        fact=workbook.add_format(fact),
        asked_fact=workbook.add_format(to_fill),
        asked_week=workbook.add_format({**to_fill, "num_format": "dd/mm/yyyy", "align": "left"}),
        banner=workbook.add_format({**_CELL, "italic": True, "align": "center", "bg_color": "#E8EDFF"}),
        heading=workbook.add_format({**_CELL, "bold": True, "valign": "top", "bg_color": "#D5DDF7"}),
        answer=workbook.add_format({**_CELL, "locked": False}),
        prefilled=workbook.add_format({**_CELL, "locked": False, "italic": True}),
        worked_out=workbook.add_format({**_CELL, "bg_color": "#F2F2F2"}),
        not_asked=workbook.add_format({"pattern": 4, "fg_color": "#8D8D8D", "bg_color": "#C8C8C8"}),
        counted=workbook.add_format({"bold": True, "font_color": _PAPER, "bg_color": "#18753C"}),
        missing=workbook.add_format({"bg_color": "#FFD3A8"}),
        text=workbook.add_format({"text_wrap": True, "valign": "top", "font_color": _INK}),
        subtitle=workbook.add_format({"bold": True, "font_size": 12, "text_wrap": True, "font_color": _INK}),
    )
