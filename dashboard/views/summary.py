"""The first page under its opening: one line for each criterion in a column for each field; the cycles under way."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.access import REGION
from dashboard.text import numbers
from dashboard.text.typography import capitalised
from dashboard.views.cloud import FEWEST
from dashboard.views.criteria import CriterionLine, as_of, criterion_line
from dashboard.views.effects import Action
from dashboard.views.matter import Matter
from dashboard.views.measures import Measure

NO_CYCLE = "Aucune action n'est suivie ici."


@dataclass(frozen=True)
class FieldColumn:
    """A field and its criteria."""

    code: str
    title: str
    lines: tuple[CriterionLine, ...]


@dataclass(frozen=True)
class Cycle:
    """An action of the unit, with the measure that it hopes to move, where the grid of the period still has it."""

    action: Action
    measure: Measure | None


def columns(matter: Matter) -> list[FieldColumn]:
    """One column for each field. How lines vary is told beside the last period only: it is how they are today."""
    standings = as_of(matter.standings, latest=matter.latest)
    lines = matter.lines if matter.latest else None
    return [
        FieldColumn(
            field.code,
            field.libelle,
            tuple(
                criterion_line(each, matter.values, matter.selection, matter.history, standings, lines)
                for each in field.criteria
            ),
        )
        for field in matter.fields
    ]


def cycles(matter: Matter) -> list[Cycle]:
    """The actions of the unit itself, the oldest first; those of structures are never among them."""
    measures = {each.name: each for criterion in matter.criteria for each in criterion.measures}
    return [Cycle(action, measures.get(action.measure)) for action in matter.findings.actions]


def cycles_sentence(matter: Matter) -> str:
    """How many actions there are, and whose; the verdicts of structures are read by their teams."""
    own = len(matter.findings.actions)
    told = [_own(own)] if own else []
    if matter.selection.unit.niveau == REGION and matter.followed:
        told.append(_of_structures(matter.followed))
    return " ".join(told) or NO_CYCLE


def _own(count: int) -> str:
    plural = "s" if count > 1 else ""
    return f"{capitalised(numbers.spelled(count, feminine=True))} action{plural} d'amélioration suivie{plural} ici."


def _of_structures(count: int) -> str:
    if count < FEWEST:
        return "Au moins une action d'amélioration est suivie par une structure : son verdict se lit avec son équipe."
    many = capitalised(numbers.spelled(count, feminine=True))
    return (
        f"{many} actions d'amélioration sont suivies par des structures : leurs verdicts se lisent avec leurs équipes."
    )
