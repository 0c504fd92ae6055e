"""A drafted delivery: what each heading of a table of a file would become, how sure that is, what remains to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grids.contract import load_contract
from grids.model import Grid
from pipelines.intake.drafting.constants import constants_of
from pipelines.intake.drafting.seen import Reader, SeenColumn, seen_tables
from pipelines.intake.drafting.sources import DraftedSource, drafted_sources
from pipelines.intake.drafting.table_choice import Choice, likeliest_table, required_columns
from pipelines.intake.drafting.tool_columns import left_aside

LIKELY_TABLE = 0.5
"""Under this, a table of a file that holds a likelier one is left out."""

_NAMES = {"accueils": "fiches", "reponses": "avis", "indicateurs_reseau": "indicateurs"}
_TELLING = ("accueil_ref", "mois", "debut", "indicateur_reseau", "unite_id", "structure_id")
_FREE_TEXT = 40


@dataclass(frozen=True)
class DraftedDelivery:
    """A delivery as it could be written in a mapping; `removed` and `ignored`: heading → why; `todo`: French sentences."""

    id: str
    table: str
    confidence: float
    reader: Reader
    rank: int
    recognised_by: tuple[str, ...]
    constants: dict[str, str]
    columns: tuple[DraftedSource, ...]
    questions: tuple[DraftedSource, ...]
    removed: dict[str, str]
    ignored: dict[str, str]
    todo: tuple[str, ...]


def drafted_deliveries(path: Path, grid: Grid, taken: Sequence[str] = ()) -> list[DraftedDelivery]:
    """A delivery for each table of the file at `path` that may be one of the contract's; the likeliest one at least.

    `grid`: whose questions answers may fill. `taken`: names of deliveries that the network has already.
    Raises DeliveryRefused if the file cannot be read, or holds no table.
    """
    choices = [likeliest_table(seen, grid) for seen in seen_tables(path)]
    best = max(choices, key=lambda choice: choice.confidence)
    names = list(taken)
    drafted = []
    for choice in choices:
        if choice is best or choice.confidence >= LIKELY_TABLE:
            drafted.append(_drafted(choice, grid, names))
            names.append(drafted[-1].id)
    return drafted


def _drafted(choice: Choice, grid: Grid, taken: Sequence[str]) -> DraftedDelivery:
    sources, doubts = drafted_sources(choice.matches)
    order = [column.name for column in load_contract(choice.table).columns]
    columns = tuple(sorted((s for s in sources if not s.is_question), key=lambda source: order.index(source.name)))
    questions = tuple(each for each in sources if each.is_question)
    constants = constants_of(choice.table, [each.name for each in questions], grid)
    return DraftedDelivery(
        id=_free_name(choice.table, constants, taken),
        table=choice.table,
        confidence=choice.confidence,
        reader=choice.seen.reader,
        rank=choice.seen.rank,
        recognised_by=_recognised_by(choice, columns, questions),
        constants=constants,
        columns=columns,
        questions=questions,
        removed=choice.removed,
        ignored=_ignored(choice, sources, doubts),
        todo=_todo(choice, columns, questions, doubts),
    )


def _free_name(table: str, constants: dict[str, str], taken: Sequence[str]) -> str:
    name = _NAMES.get(table, table) + ("_un_mois" if constants.get("vague") == "m1" else "")
    ranks = (f"{name}_{rank}" if rank > 1 else name for rank in range(1, len(taken) + 2))
    return next(each for each in ranks if each not in taken)


def _recognised_by(
    choice: Choice, columns: Sequence[DraftedSource], questions: Sequence[DraftedSource]
) -> tuple[str, ...]:
    """Headings that tell this delivery from others: two questions, or reference and date, or whatever is there."""
    if questions:
        return tuple(heading for each in questions for heading in each.headings)[:2]
    told = sorted((each for each in columns if each.name in _TELLING), key=lambda each: _TELLING.index(each.name))
    aside = left_aside(choice.seen)
    kept = [heading for each in (*told, *columns) for heading in each.headings if heading not in aside]
    others = [heading for heading in choice.seen.headings if heading not in choice.removed and heading not in aside]
    return tuple(dict.fromkeys([*kept, *others, *choice.seen.headings]))[:2]


def _ignored(choice: Choice, sources: Sequence[DraftedSource], doubts: dict[str, str]) -> dict[str, str]:
    named = {heading for each in sources for heading in each.headings} | choice.removed.keys()
    left = [column for column in choice.seen.columns if column.heading not in named]
    aside = left_aside(choice.seen)
    return {each.heading: _why_ignored(each, each.heading in aside, doubts.get(each.heading, "")) for each in left}


def _why_ignored(column: SeenColumn, of_the_tool: bool, doubt: str) -> str:
    if of_the_tool:
        return "colonne de l'outil"
    if doubt:
        return f"à décider : {doubt}"
    if not column.cells:
        return "à décider : colonne vide"
    long = sum(map(len, column.cells)) > _FREE_TEXT * len(column.cells)
    return "à décider : texte libre, jamais lu" if long else "à décider"


def _todo(
    choice: Choice, columns: Sequence[DraftedSource], questions: Sequence[DraftedSource], doubts: dict[str, str]
) -> tuple[str, ...]:
    filled = {each.name for each in columns}
    missing = [_missing(choice.table, name) for name in required_columns(choice.table) if name not in filled]
    if choice.confidence < LIKELY_TABLE:
        missing.insert(0, "Ce tableau ne ressemble guère à une table du contrat : vérifiez « contrat ».")
    if choice.table == "reponses" and not questions:
        missing.append("Aucune question de la grille n'a été reconnue.")
    dates = [f"« {heading} » : {doubt}." for heading, doubt in doubts.items()]
    unread = [
        f"« {each.name} » : {each.table.untold + len(each.table.undecided)} mot(s) sans code."
        for each in (*columns, *questions)
        if each.table and each.table.untold + len(each.table.undecided)
    ]
    return (*missing, *dates, *unread)


def _missing(table: str, name: str) -> str:
    column = load_contract(table).column(name)
    codes = ", ".join(column.values) if column else ""
    same = f" ; s'il est partout le même, dites-le dans « constantes » ({codes})" if codes else ""
    return f"« {name} » (obligatoire) n'a pas de source{same}."
