"""What need not be asked any more: a network's own figure says it already, its tool records it, or nothing reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from grids.burden import Asked, answer_seconds, sheet_seconds
from grids.common_sheet import CommonSheet
from grids.contract import load_contract
from grids.equivalence_check import find_measure
from grids.equivalences import Catalogue, Equivalence, OwnIndicator
from grids.expressions import Expression
from grids.model import Grid, Measure
from grids.sheet_questions import SheetQuestion

EVERYONE = ""
"""In place of a network: what is redundant for all."""
_BREAKDOWN = "ventilation"
Answered = dict[str, tuple[OwnIndicator, Equivalence]]
"""By measure ("PD02.percue"), the network's own indicator that is identical to it."""


@dataclass(frozen=True)
class Redundancy:
    """A question or a column that need not be asked: of whom, why, what to do, and the seconds spared each time.

    `already_told`: whether a network's tool tells it, rather than nobody reading it.
    """

    network: str
    object: str
    kind: Literal["question", "colonne"]
    label: str
    reason: str
    proposal: str
    seconds: float
    already_told: bool = True


def redundancies(
    grid: Grid, asked: Sequence[Asked], catalogues: Sequence[Catalogue], sheet: CommonSheet
) -> tuple[Redundancy, ...]:
    """What need not be asked under `grid`: of everyone first, then network by network, in the order of `asked`."""
    readers = _readers(grid)
    unused = tuple(_unused_columns(grid, readers, sheet))
    dropped = {each.object for each in unused}
    found = [each for network in asked for each in _of_network(grid, network, catalogues, sheet, readers)]
    return (*unused, *(each for each in found if each.object not in dropped))


def _of_network(
    grid: Grid, asked: Asked, catalogues: Sequence[Catalogue], sheet: CommonSheet, readers: dict[str, frozenset[str]]
) -> Iterator[Redundancy]:
    answered = _identical(asked.network, catalogues)
    for name, question in grid.questions.items():
        if name in asked.questions and (own := _answered_by(readers.get(name, frozenset()), answered)):
            seconds = answer_seconds(grid, name)
            yield Redundancy(asked.network, name, "question", question.text, *_already_measured(own), seconds)
    if not asked.sheet:
        return
    for each in _filled(sheet):
        if each.column in asked.columns:
            yield _column(asked.network, each, *_recorded_twice(each))
        elif not _needed_besides(each, sheet) and (
            own := _answered_by(readers.get(each.column, frozenset()), answered)
        ):
            yield _column(asked.network, each, *_already_measured(own))


def _unused_columns(grid: Grid, readers: dict[str, frozenset[str]], sheet: CommonSheet) -> Iterator[Redundancy]:
    read = {name for base in grid.bases.values() for name in _names(base.condition)} | readers.keys()
    for each in _filled(sheet):
        if each.column not in read and not _needed_besides(each, sheet):
            yield Redundancy(
                EVERYONE,
                each.column,
                "colonne",
                each.text,
                f"Aucun indicateur de la grille {grid.version} ne lit cette colonne.",
                f"Retirez la question {each.number} de la fiche commune, ou dites quel indicateur la lira.",
                sheet_seconds(each),
                already_told=False,
            )


def _filled(sheet: CommonSheet) -> Iterator[SheetQuestion]:
    return (each for each in sheet.asked if each.column)


def _needed_besides(question: SheetQuestion, sheet: CommonSheet) -> bool:
    """Whether figures are told apart by it, or another question of the sheet waits for it."""
    column = load_contract(sheet.table).column(question.column)
    awaited = {name for each in sheet.asked if each is not question for name in _names(each.condition)}
    return question.column in awaited or (column is not None and _BREAKDOWN in column.uses)


def _readers(grid: Grid) -> dict[str, frozenset[str]]:
    """By column or question, the measures that read it, in themselves or in their base."""
    reading: dict[str, set[str]] = {}
    for measure_id, _, measure in grid.measures():
        for name in _read_by(grid, measure):
            reading.setdefault(name, set()).add(measure_id.partition("@")[0])
    return {name: frozenset(measures) for name, measures in reading.items()}


def _read_by(grid: Grid, measure: Measure) -> set[str]:
    source = find_measure(grid, measure.of)[1] if measure.of else None
    texts = (*measure.expressions, *(source.expressions if source else ()), grid.bases[measure.base].condition)
    return {name for text in texts for name in _names(text)} | {measure.total, measure.offered} - {""}


def _names(text: str) -> tuple[str, ...]:
    return Expression(text).names if text else ()


def _identical(network: str, catalogues: Sequence[Catalogue]) -> Answered:
    return {
        each.measure: (indicator, each)
        for catalogue in catalogues
        if catalogue.source == network
        for indicator, each in catalogue.pairs()
        if each.degree == "identique" and not each.category
    }


def _answered_by(measures: Collection[str], answered: Answered) -> list[tuple[OwnIndicator, Equivalence]]:
    """The network's own indicators that say all of `measures`; none if one of them is left without."""
    return [answered[each] for each in sorted(measures)] if measures and set(measures) <= answered.keys() else []


def _already_measured(own: Sequence[tuple[OwnIndicator, Equivalence]]) -> tuple[str, str]:
    named = ", ".join(dict.fromkeys(f"« {indicator.label} » ({indicator.code})" for indicator, _ in own))
    reason = f"Le réseau le mesure déjà à l'identique : {named}."
    if all(each.stands_in for _, each in own):
        return reason, "Cessez de poser cette question dans ce réseau : la page montre déjà son indicateur à la place."
    return reason, "Voyez si l'indicateur du réseau peut être livré avec sa base, puis cessez de poser cette question."


def _recorded_twice(question: SheetQuestion) -> tuple[str, str]:
    return (
        "L'outil du réseau livre déjà cette information pour ses accueils, et la fiche commune la redemande.",
        f"Là où l'outil est utilisé, ne remplissez pas la question {question.number}, ni la fiche si tout y est.",
    )


def _column(network: str, question: SheetQuestion, reason: str, proposal: str) -> Redundancy:
    return Redundancy(network, question.column, "colonne", question.text, reason, proposal, sheet_seconds(question))
