"""The common sheet: what a structure without a tool fills in, each question bound to its column of the contract.

Read from `grids/contract/fiche.yaml`; the XLSX that networks receive and the way it comes back are both made from it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator, model_validator

from grids.contract import TABLES
from grids.definitions import ROOT, Definition, read_definition
from grids.network import Delivery, Source
from grids.sheet_questions import Block, SheetQuestion, check_questions

SHEET_FILE = ROOT / "contract" / "fiche.yaml"

LINE_HEADING = "Ligne"
CHOSEN_SEPARATOR = "|"
"""What joins the networks of question 7 in the column that the sheet works out."""


class Head(Definition):
    """The facts said once at the head of the file, by the words displayed; `month` is worked out from the week."""

    network: str = Field(alias="reseau")
    structure: str
    week: str = Field(alias="semaine")
    version: str
    month: str = Field(alias="mois")


class WrittenRule(Definition):
    """A rule of the sheet, as its users read it."""

    title: str = Field(alias="titre")
    text: str = Field(alias="texte")


class Example(Definition):
    """A line filled in, by number of question; two choices are joined by CHOSEN_SEPARATOR."""

    title: str = Field(alias="titre")
    answers: dict[str, str] = Field(alias="reponses")


class CommonSheet(Definition):
    """The common sheet as a whole."""

    id: str = Field(alias="fiche")
    table: str
    title: str = Field(alias="titre")
    lines: int = Field(alias="lignes", ge=1, le=500)
    head: Head = Field(alias="entete")
    blocks: dict[str, Block] = Field(default={}, alias="blocs")
    questions: tuple[SheetQuestion, ...] = Field(min_length=1)
    rules: tuple[WrittenRule, ...] = Field(default=(), alias="regles")
    examples: tuple[Example, ...] = Field(default=(), alias="exemples")

    @property
    def asked(self) -> tuple[SheetQuestion, ...]:
        """The questions in use, in order."""
        return tuple(question for question in self.questions if question.active)

    @field_validator("table")
    @classmethod
    def _table_exists(cls, table: str) -> str:
        if table not in TABLES:
            raise ValueError(f"« {table} » n'est pas une table du contrat ({', '.join(TABLES)}).")
        return table

    @field_validator("questions")
    @classmethod
    def _fit_the_contract(cls, questions: tuple[SheetQuestion, ...], info: ValidationInfo) -> tuple[SheetQuestion, ...]:
        if "table" in info.data:
            asked = [question for question in questions if question.active]
            check_questions(asked, info.data["table"], info.data.get("blocks", {}))
        return questions

    @model_validator(mode="after")
    def _examples_answer_its_questions(self) -> CommonSheet:
        asked = {question.number: question for question in self.questions}
        for number, words in ((number, words) for each in self.examples for number, words in each.answers.items()):
            if number not in asked or not asked[number].admits(words.split(CHOSEN_SEPARATOR)):
                raise ValueError(f"Exemples : « {words} » n'est pas une réponse de la question {number}.")
        return self


@cache
def load_common_sheet(path: Path = SHEET_FILE) -> CommonSheet:
    """The common sheet; raises GridError, with file and line, if it does not fit the contract."""
    return read_definition(CommonSheet, path)


def common_sheet_delivery() -> Delivery:
    """How a filled sheet becomes the contract's table `accueils`: any network delivers it, without a mapping.

    Structure, month and the networks chosen are read from the columns that the sheet works out on each line.
    """
    sheet = load_common_sheet()
    sources = {
        "structure_id": Source(heading=sheet.head.structure),
        "mois": Source(heading=sheet.head.month, date="AAAA-MM-JJ"),
    } | {question.column: _source(question) for question in sheet.asked if question.column}
    closing = block_closing_headings()
    read = {source.heading for source in sources.values()} | {each for named in closing.values() for each in named}
    read |= set(telling_headings())
    written = [LINE_HEADING, *(heading for question in sheet.asked for heading in question.headings)]
    return Delivery(
        id=sheet.id,
        table=sheet.table,
        reader="csv",
        recognised_by=_recognising_headings(sheet),
        columns=sources,
        ignored=tuple(heading for heading in written if heading not in read),
        closing=closing,
        telling=telling_headings(),
    )


def telling_headings() -> tuple[str, ...]:
    """The headings that make a line a reception: where all of them are empty, nobody has touched the line.

    Questions with a default are left out, since the sheet fills them itself; so are structure and month.
    """
    return tuple(question.chosen_heading for question in load_common_sheet().asked if not question.has_default)


def block_closing_headings() -> dict[str, tuple[str, ...]]:
    """By block, the boxes that fill no column ("rien de cela"): ticked, they too make the empty ones mean no."""
    asked = load_common_sheet().asked
    blocks = {question.block for question in asked if question.block and not question.column}
    return {
        block: tuple(each.heading for each in asked if each.block == block and not each.column)
        for block in sorted(blocks)
    }


def _source(question: SheetQuestion) -> Source:
    separator = CHOSEN_SEPARATOR if question.at_most > 1 else ""
    return Source(heading=question.chosen_heading, values=question.codes(), separator=separator, block=question.block)


def _recognising_headings(sheet: CommonSheet) -> tuple[str, ...]:
    """What every sheet has: structure, month, and the questions asked at each reception."""
    always = [question.chosen_heading for question in sheet.asked if not question.condition]
    return (sheet.head.structure, sheet.head.month, *always)
