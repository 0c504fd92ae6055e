"""The questions of the common sheet: the words displayed, the column that each fills, and whether they fit the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import Field, field_validator, model_validator

from grids.contract import Column, allowed_values, load_contract
from grids.definitions import Definition
from grids.errors import GridError
from grids.expressions import parse_expression
from grids.register import network_codes, networks


class Block(Definition):
    """Boxes that answer together: as soon as one is ticked, the empty ones mean no."""

    text: str = Field(alias="texte")
    rule: str = Field(alias="regle")


class Imposed(Definition):
    """An answer that goes without saying where `condition` holds."""

    condition: str = Field(alias="si")
    answer: str = Field(alias="reponse")

    @field_validator("condition")
    @classmethod
    def _must_parse(cls, text: str) -> str:
        return _parsed(text)


class SheetQuestion(Definition):
    """A question: the words displayed, the column that it fills, and when it is asked.

    `answers` go from the words displayed to codes; without any, the answer is a whole number. A box of a block may fill
    no column: ticked, it only says that the others are "no".
    """

    number: str = Field(alias="numero")
    text: str = Field(alias="texte")
    help: str = Field(default="", alias="aide")
    column: str = Field(default="", alias="colonne")
    answers: dict[str, str] = Field(default={}, alias="reponses")
    own_network: str = Field(default="", alias="mon_reseau")
    at_most: int = Field(default=1, ge=1, le=2, alias="au_plus")
    when: str = Field(default="toujours", alias="quand")
    condition: str = Field(default="", alias="si")
    block: str = Field(default="", alias="bloc")
    default: str = Field(default="", alias="defaut")
    default_of_structure: bool = Field(default=False, alias="defaut_de_la_structure")
    imposed: Imposed | None = Field(default=None, alias="d_office")
    active: bool = True

    @property
    def heading(self) -> str:
        """The heading of its column in the sheet."""
        return f"{self.number}. {self.text}"

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings under which it is answered: as many as answers are admitted."""
        return (self.heading, f"{self.heading} (second choix)")[: self.at_most]

    @property
    def chosen_heading(self) -> str:
        """The heading of the column that holds the whole answer: for several choices, one that the sheet works out."""
        return self.heading if self.at_most == 1 else f"{self.heading} (ensemble)"

    @property
    def has_default(self) -> bool:
        """Whether its cell is filled before anybody touches it."""
        return bool(self.default) or self.default_of_structure

    def codes(self) -> dict[str, str]:
        """Words displayed → codes, the networks of the register included where it asks for one."""
        if not self.own_network:
            return dict(self.answers)
        named = {each.name: each.code for each in networks()}
        return self.answers | named | {self.own_words(name): code for name, code in named.items()}

    def admits(self, words: Sequence[str]) -> bool:
        """Whether a line may answer with `words`."""
        codes = self.codes()
        return len(words) <= self.at_most and all(each in codes if codes else each.isdecimal() for each in words)

    def own_words(self, network_name: str) -> str:
        """How the network that fills the sheet is displayed in its own sheet."""
        return f"{self.own_network} ({network_name})"

    @field_validator("condition")
    @classmethod
    def _must_parse(cls, text: str) -> str:
        return _parsed(text) if text else text

    @model_validator(mode="after")
    def _default_is_an_answer(self) -> SheetQuestion:
        for words in filter(None, (self.default, self.imposed.answer if self.imposed else "")):
            if words not in self.answers:
                raise ValueError(f"« {words} » n'est pas une réponse de la question {self.number}.")
        return self


def check_questions(questions: Sequence[SheetQuestion], table: str, blocks: Mapping[str, Block]) -> None:
    """Raise ValueError, naming the question, if one does not fit the contract of `table` or those before it."""
    contract = load_contract(table)
    bound: set[str] = set()
    for question in questions:
        place = f"Question {question.number}"
        if question.block and question.block not in blocks:
            raise ValueError(f"{place} : le bloc « {question.block} » n'est pas décrit dans « blocs ».")
        _check_condition(question, bound, place)
        if question.column:
            column = contract.column(question.column)
            if column is None:
                raise ValueError(f"{place} : « {question.column} » n'est pas une colonne du contrat « {table} ».")
            if question.column in bound:
                raise ValueError(f"{place} : « {question.column} » est déjà remplie par une autre question.")
            _check_codes(question, column, place)
            bound.add(question.column)
        elif not question.block:
            raise ValueError(f"{place} : « colonne » manque (seule une case d'un bloc peut n'en remplir aucune).")


def _check_codes(question: SheetQuestion, column: Column, place: str) -> None:
    if bool(question.answers) == (column.type == "entier"):
        raise ValueError(f"{place} : un nombre se note sans « reponses », le reste avec.")
    admitted = allowed_values(column, network_codes())
    unknown = [code for code in question.codes().values() if admitted and code not in admitted]
    if unknown:
        raise ValueError(f"{place} : « {unknown[0]} » n'est pas un code de « {column.name} » ({', '.join(admitted)}).")


def _check_condition(question: SheetQuestion, bound: set[str], place: str) -> None:
    texts = filter(None, (question.condition, question.imposed.condition if question.imposed else ""))
    for name in (name for text in texts for name in parse_expression(text).names):
        if name not in bound:
            raise ValueError(f"{place} : la condition lit « {name} », qu'aucune question plus haut ne remplit.")


def _parsed(text: str) -> str:
    # Told as a complaint of the definition, so that it comes with its file and line.
    try:
        return parse_expression(text).text
    except GridError as error:
        raise ValueError(str(error)) from None
