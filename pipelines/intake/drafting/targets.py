"""What a column of a file may fill: a column of the contract, a question of the grid, or one end of a counted delay."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from grids.contract import Column, allowed_values, load_contract
from grids.model import Grid
from grids.partner_questions import ABOUT, partner_code, question_and_partner
from grids.questions import Question
from grids.register import network_codes, networks
from pipelines.intake.drafting.resemblance import resemblance
from pipelines.intake.drafting.vocabulary import column_phrases, column_words, scale_words, vocabulary
from pipelines.intake.office_text import normalised

DELAY = "attente_jours_ouvres"
DELAY_START, DELAY_END = f"{DELAY}.de", f"{DELAY}.a"
CONSTANTS = ("grille", "version", "vague", "repondant")
"""Columns of answers that hold for a whole questionnaire: a mapping says them once."""
ANSWERED = ("question", "valeur")
"""Columns of answers that come of themselves where each question is a column of the file."""

WORDED = ("code", "ensemble", "booleen", "reponse")
"""Types whose cells are read by a value table."""
DATED = ("mois", "date")

_SUB_QUESTION = re.compile(r"(?P<question>[A-Za-z]+\d*)\[(?P<sub>[^\]]+)\]")
_SUB_RANK = re.compile(r"SQ0*([1-9]\d*)", re.I)
_RANK_ALONE = 0.6


@dataclass(frozen=True)
class Target:
    """What a column may fill. `type` is the contract's; `phrases` what it may be called; `words` → codes, if it has any."""

    name: str
    kind: Literal["colonne", "question", "attente"]
    type: str
    phrases: tuple[str, ...]
    words: dict[str, str] = field(default_factory=dict, hash=False)
    codes: tuple[str, ...] = ()
    heading_rank: tuple[str, int] | None = None
    """For a question of several boxes: its family and its rank there (from 1)."""

    def likeness(self, heading: str) -> float:
        """How much `heading` resembles a name of this target, from 0 to 1."""
        if self.kind == "question" and (found := self._as_code(heading)):
            return found
        return max((resemblance(heading, phrase) for phrase in self.phrases), default=0.0)

    def _as_code(self, heading: str) -> float:
        """Questions known by their id: U03, U10[QUI], or only by their rank: U10[SQ001]."""
        # Survey tools admit letters and digits only: U09AVANT is U09_AVANT.
        if normalised(heading).replace("_", "") == normalised(self.name).replace("_", ""):
            return 1.0
        found = _SUB_QUESTION.fullmatch(heading)
        question, partner = question_and_partner(self.name)
        if found and partner:
            about = normalised(found["sub"]) in {normalised(partner), normalised(partner_code(partner))}
            return 1.0 if found["question"] == question and about else 0.0
        if not found or self.heading_rank is None or found["question"] != self.heading_rank[0]:
            return 0.0
        if normalised(f"{found['question']}_{found['sub']}") == normalised(self.name):
            return 1.0
        rank = _SUB_RANK.fullmatch(found["sub"])
        return _RANK_ALONE if rank and int(rank[1]) == self.heading_rank[1] else 0.0


def targets_of(table: str, grid: Grid) -> tuple[Target, ...]:
    """All that a column may fill in `table`: the contract's columns, questions of `grid` for answers, ends of the delay."""
    left_out = (*CONSTANTS, *ANSWERED) if table == "reponses" else ()
    columns = tuple(_column(each) for each in load_contract(table).columns if each.name not in left_out)
    if table == "reponses":
        return columns + _questions(grid)
    if any(each.name == DELAY for each in columns):
        return (*columns, *_delay_ends())
    return columns


def _column(column: Column) -> Target:
    words = column_words(column) if column.type in WORDED else {}
    codes = allowed_values(column, network_codes())
    return Target(column.name, "colonne", column.type, column_phrases(column), words, codes)


def _delay_ends() -> tuple[Target, Target]:
    words = vocabulary().delay
    return Target(DELAY_START, "attente", "date", words.start), Target(DELAY_END, "attente", "date", words.end)


def _questions(grid: Grid) -> tuple[Target, ...]:
    seen: dict[str, int] = {}
    found = []
    for name, question in grid.questions.items():
        scale = grid.scale_of(name)
        family = name.partition("_")[0]
        seen[family] = seen.get(family, 0) + 1
        rank = (family, seen[family]) if "_" in name else None
        codes = (*scale.values, *scale.outside)
        for key, phrase in _asked(name, question):
            found.append(Target(key, "question", "reponse", (phrase,), scale_words(scale), codes, rank))
    return tuple(found)


def _asked(name: str, question: Question) -> list[tuple[str, str]]:
    """The keys under which a mapping says a question, one for each partner network where it is asked of each."""
    if not question.by_partner:
        return [(name, question.text)]
    return [(f"{name}{ABOUT}{network.code}", f"{question.text} [{network.name}]") for network in networks()]
