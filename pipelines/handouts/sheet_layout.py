"""Where things stand in the common sheet: its rows, its columns in order, and the cells that a line's formulas read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell

from grids.common_sheet import LINE_HEADING, CommonSheet
from grids.sheet_questions import SheetQuestion
from pipelines.handouts.sheet_rules import Cells, all_of, any_of, condition_formula

TITLE_ROW, HEAD_ROW, WHEN_ROW, HEADING_ROW, FIRST_LINE_ROW = range(5)
"""Rows, from 0: title, facts of the file, when each question is asked, headings, first line."""

STRUCTURE_CELL = f"$D${HEAD_ROW + 1}"
WEEK_CELL = f"$H${HEAD_ROW + 1}"


@dataclass(frozen=True)
class Place:
    """A column of the sheet: its heading, and the question that one answers there (None: numbered or worked out)."""

    heading: str
    question: SheetQuestion | None = None
    choice: int = 0


@dataclass(frozen=True)
class Layout:
    """The columns of the sheet, in order."""

    sheet: CommonSheet

    @property
    def places(self) -> tuple[Place, ...]:
        """Line number, questions, then what the sheet works out: joined choices, structure, month."""
        asked = [
            Place(heading, question, choice)
            for question in self.sheet.asked
            for choice, heading in enumerate(question.headings)
        ]
        joined = [Place(question.chosen_heading) for question in self.sheet.asked if question.at_most > 1]
        worked_out = [*joined, Place(self.sheet.head.structure), Place(self.sheet.head.month)]
        return (Place(LINE_HEADING), *asked, *worked_out)

    def column(self, heading: str) -> int:
        """The column (from 0) under `heading`."""
        return [place.heading for place in self.places].index(heading)

    def cell(self, heading: str, row: int) -> str:
        """The address of the cell of the line at `row` under `heading`, its column fixed."""
        return str(xl_rowcol_to_cell(row, self.column(heading), col_abs=True))

    def fact(self, heading: str) -> str:
        """The address of the fact of the file (structure, month) that stands above the column it fills."""
        return str(xl_rowcol_to_cell(HEAD_ROW, self.column(heading), row_abs=True, col_abs=True))

    def cells(self, row: int) -> dict[str, Cells]:
        """The cells of the line at `row`, by column of the contract."""
        return {
            question.column: Cells(tuple(self.cell(heading, row) for heading in question.headings), _words(question))
            for question in self.sheet.asked
            if question.column
        }

    def holds(self, question: SheetQuestion, row: int) -> str:
        """Formula: whether `question` is to be answered on the line at `row`; '' if it always is."""
        return self.holds_text(question.condition, row) if question.condition else ""

    def holds_text(self, condition: str, row: int) -> str:
        """Formula: whether `condition` (in the grid's language) holds on the line at `row`."""
        return condition_formula(condition, self.cells(row))

    def first_choice_is_a_network(self, question: SheetQuestion, row: int) -> str:
        """Formula: whether the first choice is filled in, by something else than a plain answer such as "nobody"."""
        first = Cells((self.cell(question.heading, row),), _words(question))
        return all_of([first.holds_other_than(code) for code in question.answers.values()])

    def touched(self, row: int, *, imposed_too: bool) -> str:
        """Formula: whether somebody has filled in something on the line at `row`.

        A cell that answers itself holds a formula, which a count would take for an answer: it is read only if asked.
        """
        telling = [question for question in self.sheet.asked if not question.has_default]
        counted = [self.cell(heading, row) for each in telling if not each.imposed for heading in each.headings]
        formulas = [f"COUNTA({','.join(counted)})>0"]
        if imposed_too:
            formulas += [f'{self.cell(each.heading, row)}<>""' for each in telling if each.imposed]
        return any_of(formulas)

    def banners(self) -> tuple[tuple[int, int, str], ...]:
        """What stands above the headings: first column, last column, when the questions there are asked."""
        above = [(position, self._banner(place)) for position, place in enumerate(self.places)]
        groups = [
            (words, [position for position, _ in group]) for words, group in groupby(above, key=lambda each: each[1])
        ]
        return tuple((columns[0], columns[-1], words) for words, columns in groups)

    def _banner(self, place: Place) -> str:
        question = place.question
        if question is None:
            return "" if place.heading == LINE_HEADING else "calculé : ne rien écrire"
        if place.choice:
            return "s'il y en a un second"
        block = self.sheet.blocks[question.block].text if question.block else ""
        return f"{block} ({question.when})" if block else question.when


def _words(question: SheetQuestion) -> dict[str, tuple[str, ...]]:
    codes = question.codes()
    return {code: tuple(words for words, each in codes.items() if each == code) for code in codes.values()}
