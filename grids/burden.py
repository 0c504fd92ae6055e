"""What each network is asked to fill in, and the time that it is estimated to take.

Every duration is an estimate until it is timed: 4 seconds a list and 1.5 a box in the common sheet, 15 a question elsewhere
(grid-texts, « La fiche commune »).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grids.common_sheet import CommonSheet
from grids.model import Grid
from grids.network import Mapping as NetworkMapping
from grids.partner_questions import question_and_partner
from grids.questions import Question
from grids.register import network_codes
from grids.sheet_questions import SheetQuestion

SHEET = "fiche"
SECONDS_A_LIST, SECONDS_A_BOX, SECONDS_A_QUESTION = 4.0, 1.5, 15.0


@dataclass(frozen=True)
class Asked:
    """What one network is asked: questions of the grid, the common sheet or not; beside, what its tool's records say.

    `columns`: those of the contract's table `accueils` that its own exports fill.
    """

    network: str
    questions: frozenset[str]
    columns: frozenset[str]
    sheet: bool


@dataclass(frozen=True)
class Burden:
    """One thing that a network fills in: how many questions, and the estimated seconds each time.

    `object`: SHEET, or a questionnaire of the grid. Of the sheet, `seconds` is the longest case.
    """

    network: str
    object: str
    label: str
    questions: int
    seconds: float

    @property
    def minutes(self) -> int:
        """The same, in whole minutes rounded up."""
        return -(-round(self.seconds) // 60)


def asked_of_networks(
    grid: Grid,
    mappings: Sequence[NetworkMapping],
    sheet_users: Collection[str] = (),
    answered: Mapping[str, Collection[str]] | None = None,
) -> tuple[Asked, ...]:
    """What each network of `mappings` is asked under `grid`, in their order.

    `sheet_users`: the networks that deliver the common sheet, which needs no mapping. `answered`: by network, questions of
    `grid` that it delivered in the contract's own shape, which needs none either.
    """
    return tuple(
        Asked(
            network=mapping.network,
            questions=_questions(grid, mapping) | frozenset((answered or {}).get(mapping.network, ())),
            columns=frozenset(_columns(mapping)),
            sheet=mapping.network in sheet_users,
        )
        for mapping in mappings
    )


def burdens(grid: Grid, asked: Sequence[Asked], sheet: CommonSheet) -> tuple[Burden, ...]:
    """What each network fills in, network by network: the sheet first, then the grid's questionnaires in order."""
    return tuple(each for network in asked for each in _of_network(grid, network, sheet))


def sheet_seconds(question: SheetQuestion) -> float:
    """The estimated seconds of one question of the common sheet."""
    return SECONDS_A_BOX if question.block else SECONDS_A_LIST


def answer_seconds(grid: Grid, name: str) -> float:
    """The estimated seconds of one question of the grid; boxes of one block share those of a question."""
    question = grid.questions[name]
    together = sum(each.block == question.block for each in grid.questions.values()) if question.block else 1
    return SECONDS_A_QUESTION * _lines(question) / together


def _questions(grid: Grid, mapping: NetworkMapping) -> frozenset[str]:
    return frozenset(
        question_and_partner(key)[0]
        for delivery in mapping.deliveries
        if (delivery.constants.get("grille"), delivery.constants.get("version")) == (grid.id, grid.version)
        for key in delivery.questions
    )


def _columns(mapping: NetworkMapping) -> Iterator[str]:
    for delivery in mapping.deliveries:
        if delivery.table == "accueils":
            yield from (*delivery.columns, *delivery.constants)


def _of_network(grid: Grid, asked: Asked, sheet: CommonSheet) -> Iterator[Burden]:
    if asked.sheet:
        yield _sheet_burden(asked.network, sheet)
    for name, questionnaire in grid.questionnaires.items():
        put = {code: each for code, each in grid.questions_of(name).items() if code in asked.questions}
        if put:
            count = _count(put)
            yield Burden(asked.network, name, questionnaire.title, count, SECONDS_A_QUESTION * count)


def _sheet_burden(network: str, sheet: CommonSheet) -> Burden:
    put = [each for each in sheet.asked if each.column]
    always = [each for each in put if not each.condition]
    shortest, longest = (sum(map(sheet_seconds, each)) for each in (always, put))
    label = (
        f"{sheet.title} : {len(always)} questions à chaque accueil, {len(put) - len(always)} de plus si le cas se "
        f"présente ; de {shortest:.0f} à {longest:.0f} secondes estimées"
    )
    return Burden(network, SHEET, label, len(put), longest)


def _count(put: Mapping[str, Question]) -> int:
    """How many questions a person reads: the boxes of a block are one, a question asked for each partner one a line."""
    return len({each.block or name for name, each in put.items() if not each.by_partner}) + sum(
        _lines(each) for each in put.values() if each.by_partner
    )


def _lines(question: Question) -> int:
    return len(network_codes()) - 1 if question.by_partner else 1
