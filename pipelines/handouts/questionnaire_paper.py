"""The page of a questionnaire to print: a box to tick under each answer, or a list of boxes where answers are long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from pipelines.handouts.neutral import neutralised
from pipelines.handouts.questionnaire import Answer, Form, Item
from pipelines.handouts.questionnaire_styles import PORTRAIT_WIDTH, Styles, height, ready_to_print

BOX = "☐"
_CODE_WIDTH, _CHOICE_WIDTH = 9.0, 9.5
_MOST_CHOICES, _LONGEST_CHOICE = 6, 34
_SMALLER = 0.7
"""The words above the boxes are in smaller letters than the rest."""
_TRIAL = " (question à l'essai)"


@dataclass
class _Pen:
    """Where the next row of the page goes, over how many columns of choices."""

    page: Worksheet
    styles: Styles
    choices: int
    row: int = 0

    @property
    def question_width(self) -> float:
        return PORTRAIT_WIDTH - _CODE_WIDTH - self.choices * _CHOICE_WIDTH

    def across(self, text: str, style: str, first: int = 0) -> None:
        """Write `text` from column `first` to the last."""
        width = PORTRAIT_WIDTH - (_CODE_WIDTH if first else 0)
        self.page.merge_range(
            self.row, first, self.row, self.choices + 1, neutralised(text), getattr(self.styles, style)
        )
        self.page.set_row(self.row, height(text, width * (0.75 if style in ("title", "section") else 1)))
        self.row += 1

    def coded(self, code: str, text: str, style: str = "question") -> None:
        """Write a code, and `text` beside it."""
        self.page.write_string(self.row, 0, neutralised(code), self.styles.code)
        self.across(text, style, first=1)


def write_paper(page: Worksheet, form: Form, banner: str, styles: Styles) -> None:
    """Fill in `page`, A4 upright. `banner`: the grid, its version and state, repeated on every page with the title."""
    pen = _Pen(page, styles, max([4, *(len(item.answers) for item in form.items if _in_columns(item))]))
    page.set_column(0, 0, _CODE_WIDTH)
    page.set_column(1, 1, pen.question_width)
    page.set_column(2, pen.choices + 1, _CHOICE_WIDTH)
    pen.across(form.asked.title, "title")
    pen.across(banner, "text")
    pen.across(form.asked.opening, "text")
    for section in form.sections:
        pen.across(section.title, "section")
        for answers, items in groupby(section.items, key=lambda each: each.answers if _in_columns(each) else ()):
            _write_run(pen, answers, tuple(items))
    if form.asked.closing:
        pen.across(form.asked.closing, "section")
    ready_to_print(page, banner, repeated=2)


def _write_run(pen: _Pen, answers: tuple[Answer, ...], items: tuple[Item, ...]) -> None:
    """Items that offer the same answers, under one heading; or each with its list."""
    if not answers:
        for item in items:
            pen.coded(item.id, _text(item), "heading")
            for line in _boxes(item):
                pen.across(line, "question", first=1)
        return
    _write_heading(pen, answers)
    for item in items:
        if item.partners:
            pen.coded(item.id, _text(item), "heading")
        for code, text in _lines(item):
            _write_line(pen, code, text, len(answers))


def _write_heading(pen: _Pen, answers: tuple[Answer, ...]) -> None:
    pen.page.merge_range(pen.row, 0, pen.row, 1, "Une case par ligne", pen.styles.heading)
    for column, answer in enumerate(answers, start=2):
        pen.page.write_string(pen.row, column, neutralised(answer.words), pen.styles.choice_heading)
    pen.page.set_row(pen.row, _SMALLER * max(height(answer.words, _CHOICE_WIDTH) for answer in answers))
    pen.row += 1


def _write_line(pen: _Pen, code: str, text: str, choices: int) -> None:
    pen.page.write_string(pen.row, 0, neutralised(code), pen.styles.code)
    pen.page.write_string(pen.row, 1, neutralised(text), pen.styles.question)
    for column in range(2, choices + 2):
        pen.page.write_string(pen.row, column, BOX, pen.styles.box)
    pen.page.set_row(pen.row, max(27, height(text, pen.question_width)))
    pen.row += 1


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    if item.partners:
        yield from (("", network.name) for network in item.partners)
    else:
        yield item.id, _text(item)


def _boxes(item: Item) -> Iterator[str]:
    """The boxes of an item whose answers do not stand in columns; many stand one after the other."""
    if item.boxes:
        yield from (f"{BOX}  {text}" for text in item.boxes.values())
    elif len(item.answers) > _MOST_CHOICES:
        yield "     ".join(f"{BOX} {answer.words}" for answer in item.answers)
    else:
        yield from (f"{BOX}  {answer.words}" for answer in item.answers)


def _in_columns(item: Item) -> bool:
    if item.boxes or len(item.answers) > _MOST_CHOICES:
        return False
    return all(len(each.words) <= _LONGEST_CHOICE for each in item.answers)


def _text(item: Item) -> str:
    return item.text + (_TRIAL if item.on_trial else "")
