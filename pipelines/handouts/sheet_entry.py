"""The page that is filled in: facts of the file, headings, and one prepared line for each reception."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from grids.common_sheet import CHOSEN_SEPARATOR, LINE_HEADING
from grids.register import Network
from grids.sheet_questions import SheetQuestion
from pipelines.handouts.neutral import neutralised
from pipelines.handouts.sheet_layout import (
    FIRST_LINE_ROW,
    HEAD_ROW,
    HEADING_ROW,
    STRUCTURE_CELL,
    TITLE_ROW,
    WEEK_CELL,
    WHEN_ROW,
    Layout,
    Place,
)
from pipelines.handouts.sheet_lists import CHANNELS, IDENTIFIERS, STRUCTURES, KnownStructure
from pipelines.handouts.sheet_rules import quoted
from pipelines.handouts.sheet_styles import Styles

_WHERE = f"MATCH({STRUCTURE_CELL},liste_{STRUCTURES},0)"
# The week belongs to the month of its Thursday, as in ISO 8601; written without TEXT(), whose letters depend on the language.
_THURSDAY = f"{WEEK_CELL}+3"
_MONTH = f'=IF(ISNUMBER({WEEK_CELL}),YEAR({_THURSDAY})&"-"&RIGHT("0"&MONTH({_THURSDAY}),2)&"-01","")'

_REMINDER = (
    "On remplit après le départ de la personne ou la fin de l'appel. Case grisée : ne rien noter. Case vide : non renseigné. "
    "« Ne me comptez pas » : pas de ligne."
)


def write_entry(
    page: Worksheet,
    layout: Layout,
    network: Network,
    structures: Sequence[KnownStructure],
    version: str,
    styles: Styles,
) -> None:
    """Fill in `page`; drop-down lists and grey cells are for `sheet_guards` to add."""
    _write_facts(page, layout, network, structures, version, styles)
    _write_headings(page, layout, styles)
    for line in range(layout.sheet.lines):
        for column, place in enumerate(layout.places):
            _write_cell(page, layout, place, FIRST_LINE_ROW + line, column, structures, styles)
    _arrange(page, layout)


def _write_facts(
    page: Worksheet,
    layout: Layout,
    network: Network,
    structures: Sequence[KnownStructure],
    version: str,
    styles: Styles,
) -> None:
    head = layout.sheet.head
    page.write_string(TITLE_ROW, 0, f"{layout.sheet.title}. {_REMINDER}", styles.title)
    page.merge_range(HEAD_ROW, 0, HEAD_ROW, 1, neutralised(f"{head.network} : {network.name}"), styles.fact)
    page.write_string(HEAD_ROW, 2, f"{head.structure} :", styles.fact)
    only = structures[0].displayed if len(structures) == 1 else ""
    page.merge_range(HEAD_ROW, 3, HEAD_ROW, 5, only, styles.asked_fact)
    page.write_string(HEAD_ROW, 6, f"{head.week} :", styles.fact)
    page.write_blank(HEAD_ROW, 7, None, styles.asked_week)
    page.write_string(HEAD_ROW, 8, neutralised(f"{head.version} : {version}"), styles.fact)
    identifier = f'=IFERROR(INDEX(liste_{IDENTIFIERS},{_WHERE})&"","")' if structures else f'=TRIM({STRUCTURE_CELL}&"")'
    known = structures[0].identifier if len(structures) == 1 else ""
    page.write_formula(HEAD_ROW, layout.column(head.structure), identifier, styles.worked_out, known)
    page.write_formula(HEAD_ROW, layout.column(head.month), _MONTH, styles.worked_out, "")


def _write_headings(page: Worksheet, layout: Layout, styles: Styles) -> None:
    for first, last, words in layout.banners():
        if first == last:
            page.write_string(WHEN_ROW, first, words, styles.banner)
        else:
            page.merge_range(WHEN_ROW, first, WHEN_ROW, last, words, styles.banner)
    for column, place in enumerate(layout.places):
        page.write_string(HEADING_ROW, column, neutralised(place.heading), styles.heading)


def _write_cell(
    page: Worksheet,
    layout: Layout,
    place: Place,
    row: int,
    column: int,
    structures: Sequence[KnownStructure],
    styles: Styles,
) -> None:
    question = place.question
    if place.heading == LINE_HEADING:
        page.write_number(row, column, row - FIRST_LINE_ROW + 1, styles.worked_out)
    elif question is None:
        page.write_formula(row, column, _worked_out(layout, place, row), styles.worked_out, "")
    elif question.default and not question.condition:
        page.write_string(row, column, neutralised(question.default), styles.prefilled)
    elif formula := _prefilling(layout, question, row, structures):
        known = structures[0].channel if question.default_of_structure and len(structures) == 1 else ""
        page.write_formula(row, column, formula, styles.prefilled, known)
    else:
        page.write_blank(row, column, None, styles.answer)


def _prefilling(layout: Layout, question: SheetQuestion, row: int, structures: Sequence[KnownStructure]) -> str:
    """The formula that answers `question` until somebody does, or ''."""
    if question.default_of_structure and any(each.channel for each in structures):
        return f'=IFERROR(INDEX(liste_{CHANNELS},{_WHERE})&"","")'
    if question.default:
        return f'=IF({layout.holds(question, row)},{quoted(question.default)},"")'
    if question.imposed:
        # Only once the line is somebody's: an untouched line must stay empty wherever there is no default.
        touched = layout.touched(row, imposed_too=False)
        held = layout.holds_text(question.imposed.condition, row)
        return f'=IF(AND({held},{touched}),{quoted(question.imposed.answer)},"")'
    return ""


def _worked_out(layout: Layout, place: Place, row: int) -> str:
    """Structure and month, once the line is touched; or the choices of a question, joined."""
    if place.heading in (layout.sheet.head.structure, layout.sheet.head.month):
        return f'=IF({layout.touched(row, imposed_too=True)},{layout.fact(place.heading)},"")'
    question = next(each for each in layout.sheet.asked if each.chosen_heading == place.heading)
    first, second = (layout.cell(heading, row) for heading in question.headings)
    return f'={first}&IF(AND({first}<>"",{second}<>""),"{CHOSEN_SEPARATOR}","")&{second}'


def _arrange(page: Worksheet, layout: Layout) -> None:
    """Widths that let the words be read, headings that stay in sight, and a page that prints."""
    for column, place in enumerate(layout.places):
        page.set_column(column, column, _width(place))
    page.set_row(TITLE_ROW, 24)
    page.set_row(HEAD_ROW, 44)
    page.set_row(WHEN_ROW, 32)
    page.set_row(HEADING_ROW, 96)
    for line in range(layout.sheet.lines):
        page.set_row(FIRST_LINE_ROW + line, 32)
    page.freeze_panes(FIRST_LINE_ROW, 1)
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 0)
    page.repeat_rows(WHEN_ROW, HEADING_ROW)
    page.protect("", {"format_columns": True, "format_rows": True})


def _width(place: Place) -> float:
    if place.heading == LINE_HEADING:
        return 7
    if place.question is None or not place.question.answers:
        return 16
    if place.question.block:
        return 14
    longest = max(len(words) for words in place.question.answers)
    return min(max(14.0, longest * 0.75), 22.0) if not place.question.own_network else 22
