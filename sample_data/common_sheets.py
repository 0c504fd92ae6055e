"""The common sheet filled in by a structure for a sample week: the workbook that `spro template` makes, with answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
from xlsxwriter.worksheet import Worksheet

from grids.common_sheet import CHOSEN_SEPARATOR, LINE_HEADING, CommonSheet, load_common_sheet
from grids.register import networks
from grids.sheet_questions import SheetQuestion
from sample_data.tables import Cell, Table
from sample_data.workbooks import new_workbook

HEADING_ROW = 4
"""The row (from 1) of the headings: under the title, the facts of the file, and when each question is asked."""

_UNFINISHED_EVERY = 17
_TICK = "x"
_NOTHING_OF_THAT = "5z"
_DATE_HEADING_NUMBER = "2b"

Line = dict[str, Cell]


def sample_week(month: date) -> date:
    """The Monday of the sample week of a month: the week of its second Thursday."""
    first_thursday = month + timedelta(days=(3 - month.weekday()) % 7)
    return first_thursday + timedelta(days=7 - 3)


def sheet_table(receptions: pl.DataFrame, network: str, structure: str, month: date) -> Table:
    """The lines of a sheet: answers in the words displayed, the columns that it works out, untouched lines to the end.

    In: the receptions of the sample week, with the columns of `sample_data.further_facts`. One line in some is left
    unfinished, after the first questions.
    """
    sheet = load_common_sheet()
    told = [
        _line(sheet, facts, network, unfinished=rank % _UNFINISHED_EVERY == _UNFINISHED_EVERY - 1)
        for rank, facts in enumerate(receptions.head(sheet.lines).iter_rows(named=True))
    ]
    worked_out: Line = {sheet.head.structure: structure, sheet.head.month: month.isoformat()}
    touched = [line | worked_out for line in told]
    lines = [*touched, *(_defaults(sheet) for _ in range(sheet.lines - len(touched)))]
    headings = _headings(sheet)
    rows = [
        tuple((line | {LINE_HEADING: rank}).get(heading) for heading in headings)
        for rank, line in enumerate(lines, start=1)
    ]
    return Table(headings, tuple(rows))


def sheet_workbook(filled: Table, network: str, structure: str, name: str, month: date) -> bytes:
    """The workbook around the lines of a sheet: title, facts, banners, headings, and the rules on a page beside."""
    sheet = load_common_sheet()
    book, content = new_workbook(f"{sheet.title} – {_network_name(network)}")
    page, guide = book.add_worksheet("Fiche"), book.add_worksheet("Mode d'emploi")
    _write_facts(page, sheet, network, f"{name} ({structure})", sample_week(month))
    page.write_datetime(1, 7, sample_week(month), book.add_format({"num_format": "dd/mm/yyyy"}))
    page.write_row(2, 0, _banners(sheet))
    page.write_row(HEADING_ROW - 1, 0, filled.headings)
    worked_out = _worked_out_places(sheet)
    for row, cells in enumerate(filled.rows, start=HEADING_ROW):
        for column, cell in enumerate(cells):
            _write_cell(page, row, column, cell, worked_out=column in worked_out)
    guide.write_column(0, 0, [each.title for each in sheet.rules])
    book.close()
    return content.getvalue()


def _write_facts(page: Worksheet, sheet: CommonSheet, network: str, structure: str, week: date) -> None:
    page.write_string(0, 0, f"{sheet.title}. Exemple synthétique.")
    page.write_string(1, 0, f"{sheet.head.network} : {_network_name(network)}")
    page.write_string(1, 2, f"{sheet.head.structure} :")
    page.write_string(1, 3, structure)
    page.write_string(1, 6, f"{sheet.head.week} :")
    page.write_string(1, 8, f"{sheet.head.version} : 2023.1")


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, *, worked_out: bool) -> None:
    if worked_out:
        # A spreadsheet keeps what its formulas gave when it was last saved.
        page.write_formula(row, column, '=""', None, "" if cell is None else cell)
    elif cell is not None:
        page.write(row, column, cell)


def _headings(sheet: CommonSheet) -> tuple[str, ...]:
    asked = [heading for question in sheet.asked for heading in question.headings]
    joined = [question.chosen_heading for question in sheet.asked if question.at_most > 1]
    return (LINE_HEADING, *asked, *joined, sheet.head.structure, sheet.head.month)


def _worked_out_places(sheet: CommonSheet) -> range:
    width = len(_headings(sheet))
    return range(width - 2 - sum(question.at_most > 1 for question in sheet.asked), width)


def _banners(sheet: CommonSheet) -> list[str]:
    asked = [question.when for question in sheet.asked for _ in question.headings]
    return ["", *asked, *("calculé : ne rien écrire" for _ in _worked_out_places(sheet))]


def _line(sheet: CommonSheet, facts: Mapping[str, Any], network: str, *, unfinished: bool) -> Line:
    known = dict(facts) | ({"modalite": "differe"} if facts["canal"] == "courriel" else {})
    if known["modalite"] != "differe":
        known |= {"attente_jours_ouvres": None, "date_choisie_par_la_personne": None}
    told = _defaults(sheet)
    for question in sheet.asked[:2] if unfinished else sheet.asked:
        told |= _answer(question, known.get(question.column), network)
    if known["modalite"] == "differe":
        later = _question(sheet, _DATE_HEADING_NUMBER)
        told.setdefault(later.heading, later.default)
    return told | ({} if unfinished else _closing(sheet, known))


def _answer(question: SheetQuestion, value: Any, network: str) -> Line:
    if value is None or (question.block and value != "oui"):
        return {}
    if question.block:
        return {question.heading: _TICK}
    if not question.answers:
        return {question.heading: int(value)}
    words = _chosen(question, str(value), network)
    told: Line = dict(zip(question.headings, words, strict=False))
    return told | ({question.chosen_heading: CHOSEN_SEPARATOR.join(words)} if question.at_most > 1 else {})


def _chosen(question: SheetQuestion, value: str, network: str) -> list[str]:
    """The words displayed for a code, or for several joined by a comma."""
    displayed = {code: words for words, code in question.codes().items() if not words.startswith("Mon réseau")}
    if question.own_network:
        displayed[network] = question.own_words(_network_name(network))
    return [displayed[code] for code in value.split(",")]


def _closing(sheet: CommonSheet, facts: Mapping[str, Any]) -> Line:
    boxes = [question.column for question in sheet.asked if question.block and question.column]
    if facts["type_echange"] == "analyse" and all(facts[box] == "non" for box in boxes):
        return {_question(sheet, _NOTHING_OF_THAT).heading: _TICK}
    return {}


def _defaults(sheet: CommonSheet) -> Line:
    """What stands in a line before anybody touches it."""
    return {
        question.heading: question.default for question in sheet.asked if question.default and not question.condition
    }


def _question(sheet: CommonSheet, number: str) -> SheetQuestion:
    return next(question for question in sheet.asked if question.number == number)


def _network_name(code: str) -> str:
    return next(each.name for each in networks() if each.code == code)
