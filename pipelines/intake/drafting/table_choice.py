"""Which table of the contract a table of a file most likely is: the one that explains most of its headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grids.contract import TABLES, load_contract
from grids.model import Grid
from pipelines.intake.drafting.identity_columns import identity_columns
from pipelines.intake.drafting.matching import Match, best_matches
from pipelines.intake.drafting.seen import SeenTable
from pipelines.intake.drafting.targets import ANSWERED, CONSTANTS, targets_of
from pipelines.intake.drafting.tool_columns import left_aside, names_of

_EXPLAINED, _REQUIRED = 0.7, 0.3
"""What counts: the headings of the file that the table explains, and its required columns that the file fills."""

_OF_TOOLS = tuple(table for table in TABLES if table not in ("actions", "evenements"))
"""What a network says of its actions and of what happened is written for us, in the contract's shape: no tool exports it."""
_OF_QUESTIONNAIRES = ("reponses", "accueils")
"""A survey tool asks for opinions, at times it records receptions; it exports nothing else."""
_LIKELIER = 0.2
"""What it is worth for answers that a survey tool exported them."""


@dataclass(frozen=True)
class Choice:
    """A table of the contract for a table of a file. `confidence`: from 0 to 1; `removed`: heading → why."""

    seen: SeenTable
    table: str
    confidence: float
    matches: tuple[Match, ...]
    removed: dict[str, str]


def likeliest_table(seen: SeenTable, grid: Grid) -> Choice:
    """The likeliest table of the contract for `seen`, and what its columns fill there."""
    tables = _OF_TOOLS if seen.reader == "csv" else _OF_QUESTIONNAIRES
    return max((_choice(seen, table, grid) for table in tables), key=lambda choice: choice.confidence)


def required_columns(table: str) -> tuple[str, ...]:
    """The columns of `table` that a mapping has to find in the file."""
    given = (*CONSTANTS, *ANSWERED) if table == "reponses" else ()
    return tuple(each.name for each in load_contract(table).columns if each.required and each.name not in given)


def _choice(seen: SeenTable, table: str, grid: Grid) -> Choice:
    removed = identity_columns(seen, table)
    aside = left_aside(seen)
    candidates = [each for each in seen.columns if each.heading not in removed and each.heading not in aside]
    matches = tuple(best_matches(candidates, targets_of(table, grid), names_of(seen)))
    confidence = _confidence(table, matches, len(candidates))
    if seen.reader != "csv" and table == "reponses":
        confidence += _LIKELIER
    return Choice(seen, table, min(confidence, 1.0), matches, removed)


def _confidence(table: str, matches: Iterable[Match], candidates: int) -> float:
    found = {match.target.name: match.fit.confidence for match in matches}
    needed = [found.get(name, 0.0) for name in required_columns(table)]
    if table == "reponses":
        # Answers without a question of the grid are none.
        needed.append(float(any(match.target.kind == "question" for match in matches)))
    return _EXPLAINED * sum(found.values()) / max(candidates, 1) + _REQUIRED * sum(needed) / len(needed)
