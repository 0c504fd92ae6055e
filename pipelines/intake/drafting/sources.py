"""What fills each column or question: a heading and how it is read, or two dates between which a wait is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.intake.drafting.cell_shapes import date_shape
from pipelines.intake.drafting.matching import Match
from pipelines.intake.drafting.targets import DATED, DELAY, DELAY_END, DELAY_START
from pipelines.intake.drafting.values import ValueTable

_BOXES = frozenset({"oui", "non"})
_DOUBTFUL_END = 0.5


@dataclass(frozen=True)
class DraftedSource:
    """Where a column of the contract, or a question, would come from: one heading, or two (`jours_ouvres`)."""

    name: str
    headings: tuple[str, ...]
    confidence: float
    is_question: bool = False
    date: str = ""
    table: ValueTable | None = None
    block: str = ""
    note: str = ""


def drafted_sources(matches: Sequence[Match]) -> tuple[list[DraftedSource], dict[str, str]]:
    """The sources that `matches` give, in their order, and heading → why it could not be used, in French."""
    found = {match.target.name: match for match in matches}
    doubts: dict[str, str] = {}
    sources = []
    for match in matches:
        if match.target.kind != "attente":
            sources += _source(match, _blocks(matches), doubts)
    if DELAY not in found:
        sources += _delay(found, doubts)
    return sources, doubts


def _source(match: Match, blocks: frozenset[str], doubts: dict[str, str]) -> list[DraftedSource]:
    heading = match.column.heading
    date = ""
    if match.target.type in DATED:
        date, doubt = date_shape(match.column.cells)
        if doubt:
            doubts[heading] = f"peut-être « {match.target.name} », mais {doubt}"
            return []
    family = match.target.name.partition("_")[0]
    return [
        DraftedSource(
            name=match.target.name,
            headings=(heading,),
            confidence=match.fit.confidence,
            is_question=match.target.kind == "question",
            date=date,
            table=match.fit.table,
            note=match.fit.note,
            block=family if match.target.kind == "question" and family in blocks else "",
        )
    ]


def _blocks(matches: Sequence[Match]) -> frozenset[str]:
    """The families of questions that are boxes to tick: as soon as one is ticked, the empty ones mean no."""
    boxes = [each.target for each in matches if each.target.heading_rank and set(each.target.codes) == _BOXES]
    return frozenset(target.name.partition("_")[0] for target in boxes)


def _delay(found: dict[str, Match], doubts: dict[str, str]) -> list[DraftedSource]:
    start, end = found.get(DELAY_START), found.get(DELAY_END)
    note = ""
    if start and not end and "mois" in found:
        # The day of the reception is the first slot offered only where nobody chose a later one.
        end, note = found["mois"], "la date de l'accueil n'est pas toujours le premier créneau proposé"
    if not start or not end:
        return []
    date, doubt = date_shape(start.column.cells + end.column.cells)
    if doubt:
        doubts[start.column.heading] = f"peut-être « {DELAY} », mais {doubt}"
        return []
    confidence = min(start.fit.confidence, end.fit.confidence, _DOUBTFUL_END if note else 1.0)
    return [DraftedSource(DELAY, (start.column.heading, end.column.heading), confidence, date=date, note=note)]
