"""The words of the contract, of the common sheet, of the grid, and of tools (`mots.yaml`), as they are compared."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from pydantic import Field

from grids.common_sheet import load_common_sheet
from grids.contract import Column, allowed_values
from grids.definitions import Definition, read_definition
from grids.questions import Scale
from grids.register import network_codes, networks
from pipelines.intake.office_text import normalised

_FILE = Path(__file__).with_name("mots.yaml")


class DelayWords(Definition):
    """What tools call the two dates between which a wait is counted."""

    start: tuple[str, ...] = Field(alias="de")
    end: tuple[str, ...] = Field(alias="a")


class Vocabulary(Definition):
    """The words of `mots.yaml`."""

    sheets_without_data: frozenset[str] = Field(alias="feuilles_sans_donnees")
    yes: tuple[str, ...] = Field(alias="oui")
    no: tuple[str, ...] = Field(alias="non")
    empty_words: frozenset[str] = Field(alias="mots_vides")
    negations: frozenset[str]
    columns: dict[str, tuple[str, ...]] = Field(alias="colonnes")
    delay: DelayWords = Field(alias="attente")
    values: dict[str, dict[str, tuple[str, ...]]] = Field(alias="valeurs")


@cache
def vocabulary() -> Vocabulary:
    """The words of tools; raises GridError, with file and line, if their file says something that cannot be."""
    return read_definition(Vocabulary, _FILE)


@lru_cache(maxsize=20_000)
def words_of(text: str) -> str:
    """A text as compared: letters and digits only, without accents, case, nor words that say nothing."""
    bare = re.sub(r"[^\w]+|_", " ", normalised(text)).split()
    told = [word for word in bare if word not in vocabulary().empty_words]
    return " ".join(told or bare)


def is_negative(text: str) -> bool:
    """Whether a text holds a word that turns its meaning round."""
    return not vocabulary().negations.isdisjoint(words_of(text).split())


def habits() -> dict[str, str]:
    """How tools write yes and no: normalised word → oui, non."""
    return {normalised(word): code for code, words in _yes_and_no().items() for word in words}


def column_phrases(column: Column) -> tuple[str, ...]:
    """What a column may be called: its name, its label, its question of the common sheet, what tools say."""
    sheet = [question.text for question in load_common_sheet().questions if question.column == column.name]
    return (column.name, column.label, *sheet, *vocabulary().columns.get(column.name, ()))


def column_words(column: Column) -> dict[str, str]:
    """Words that mean a code of a code, set or yes-or-no column: normalised word → code. Empty for other columns."""
    codes = allowed_values(column, network_codes())
    words = {word: code for code, each in _yes_and_no().items() if code in codes for word in each}
    words |= {name: each.code for each in networks() for name in (each.name, each.code) if each.code in codes}
    for question in load_common_sheet().questions:
        if question.column == column.name:
            words |= {word: code for word, code in question.answers.items() if code in codes}
    for code, more in _tool_words(column.name).items():
        words |= dict.fromkeys(more, code) if code in codes else {}
    words |= {spelt: code for code in codes for spelt in (code, code.replace("_", " ").replace("-", " "))}
    return {normalised(word): code for word, code in words.items()}


def scale_words(scale: Scale) -> dict[str, str]:
    """Words that mean an answer of a scale: normalised word → code."""
    answers = scale.values | scale.outside
    words = {word: code for code, each in _yes_and_no().items() if code in answers for word in each}
    words |= {label: code for code, label in answers.items()} | {code: code for code in answers}
    return {normalised(word): code for word, code in words.items()}


def _yes_and_no() -> dict[str, tuple[str, ...]]:
    return {"oui": vocabulary().yes, "non": vocabulary().no}


def _tool_words(name: str) -> dict[str, tuple[str, ...]]:
    values = vocabulary().values
    alike = {"canaux_proposes": "canal", "partenaire": "orientation"}
    return values.get(alike.get(name, name), {})
