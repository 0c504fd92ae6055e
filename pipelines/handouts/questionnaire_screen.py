"""The page of a questionnaire to fill in on a screen: one row a question, its answers in a drop-down list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipelines.handouts.neutral import neutralised
from pipelines.handouts.questionnaire import Form, Item
from pipelines.handouts.questionnaire_styles import LANDSCAPE_WIDTH, Styles, height, ready_to_print

LISTS_PAGE = "listes"
TEAM_COLUMNS = ("Ce qui le montre (un fait)", "Ce que nous essayons")
"""What a team writes beside its answer; it stays with the team."""

OUT_OF_LIST = {
    "error_title": "Réponse hors de la liste",
    "error_message": "Choisissez une réponse de la liste, ou laissez la case vide.",
}
_CODE_WIDTH, _ANSWER_WIDTH, _TEAM_WIDTH = 10.0, 24.0, 30.0


@dataclass(frozen=True)
class _Line:
    code: str
    text: str
    words: tuple[str, ...]


class Lists:
    """The hidden page of drop-down lists; the same words share one list."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._names: dict[tuple[str, ...], str] = {}

    def name_of(self, words: tuple[str, ...]) -> str:
        """The name by which the workbook knows the list of `words`."""
        return self._names.setdefault(words, f"liste_{len(self._names) + 1}")

    def write(self) -> None:
        """Add the page, once every list is named."""
        page = self._workbook.add_worksheet(LISTS_PAGE)
        for column, (words, name) in enumerate(self._names.items()):
            page.write_column(0, column, [neutralised(each) for each in words])
            letter = xl_col_to_name(column)
            self._workbook.define_name(name, f"={LISTS_PAGE}!${letter}$1:${letter}${len(words)}")
        page.hide()
        page.protect()


def write_screen(page: Worksheet, form: Form, banner: str, styles: Styles, lists: Lists) -> None:
    """Fill in `page`, A4 lying down; a team has two more columns, free. Nothing that it holds comes in at the door."""
    team = form.asked.respondent == "equipe"
    headings = ("N°", "Question", "Notre réponse", *TEAM_COLUMNS) if team else ("N°", "Question", "Réponse")
    question_width = LANDSCAPE_WIDTH - _CODE_WIDTH - _ANSWER_WIDTH - (2 * _TEAM_WIDTH if team else 0)
    for column, width in enumerate((_CODE_WIDTH, question_width, _ANSWER_WIDTH, *[_TEAM_WIDTH] * 2)[: len(headings)]):
        page.set_column(column, column, width)
    last = len(headings) - 1
    _write_head(page, form, banner, last, styles)
    page.write_row(3, 0, headings, styles.heading)
    row = 4
    for section in form.sections:
        if section.title:
            page.merge_range(row, 0, row, last, neutralised(section.title), styles.section)
            page.set_row(row, 28)
            row += 1
        for line in _lines(section.items):
            _write_line(page, row, line, last, styles, lists)
            page.set_row(row, max(32, height(line.text, question_width)))
            row += 1
    page.freeze_panes(4, 2)
    ready_to_print(page, banner, repeated=4, landscape=True)


def _write_head(page: Worksheet, form: Form, banner: str, last: int, styles: Styles) -> None:
    texts = ((form.asked.title, styles.title), (banner, styles.text), (form.asked.opening, styles.text))
    for row, (text, style) in enumerate(texts):
        page.merge_range(row, 0, row, last, neutralised(text), style)
        page.set_row(row, height(text, LANDSCAPE_WIDTH) + (6 if row == 0 else 0))


def _write_line(page: Worksheet, row: int, line: _Line, last: int, styles: Styles, lists: Lists) -> None:
    page.write_string(row, 0, neutralised(line.code), styles.code)
    page.write_string(row, 1, neutralised(line.text), styles.question)
    for column in range(2, last + 1):
        page.write_blank(row, column, None, styles.answer)
    rule = {"validate": "list", "source": f"={lists.name_of(line.words)}", **OUT_OF_LIST}
    page.data_validation(row, 2, row, 2, rule)


def _lines(items: tuple[Item, ...]) -> Iterator[_Line]:
    for item in items:
        words = tuple(answer.words for answer in item.answers)
        if item.boxes:
            yield from (_Line(name, text, words) for name, text in item.boxes.items())
        elif item.partners:
            yield from (_Line(item.id, f"{item.text} ({network.name})", words) for network in item.partners)
        else:
            yield _Line(item.id, item.text, words)
