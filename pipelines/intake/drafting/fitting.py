"""How well the cells of a column fit what a target holds, and what heading and cells say together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grids.territories import communes, merged_communes
from pipelines.intake.drafting.cell_shapes import is_whole_number, looks_like_date, looks_like_number
from pipelines.intake.drafting.seen import SeenColumn
from pipelines.intake.drafting.targets import DATED, WORDED, Target
from pipelines.intake.drafting.values import ValueTable, value_table

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:\-]{0,63}")
_NAME = re.compile(r"[^#\d].*[^\W\d_]{2}.*", re.S)
_PLACES = ("structure_id", "unite_id")
_NAMES = "ces cellules ne sont pas des identifiants, la porte ne les lira pas"
_LOOKED_AT = 200
_UNKNOWN = 0.5
"""What cells say of a target when they say nothing: an empty column, or abbreviations."""
_CONTRARY = 0.2


@dataclass(frozen=True)
class Fit:
    """A column and a target. `confidence`: from 0 to 1; `table`: how its cells are read, if by words;
    `note`: what to look at, in French.
    """

    confidence: float
    table: ValueTable | None = None
    note: str = ""


def fit(column: SeenColumn, target: Target, names: Sequence[str] = ()) -> Fit:
    """How likely it is that `column` fills `target`. `names`: other names by which its heading goes."""
    likeness = max(target.likeness(each) for each in (column.heading, *names))
    if target.type in WORDED:
        return _worded(column, target, likeness)
    share = _share(column.cells, target)
    if share < _CONTRARY:
        # Names instead of identifiers are for the network to settle: the heading still tells where they stand.
        return Fit(likeness * (0.6 if target.name in _PLACES else 0.3), note=_NAMES if target.name in _PLACES else "")
    return Fit(likeness * (0.6 + 0.4 * share))


def _worded(column: SeenColumn, target: Target, likeness: float) -> Fit:
    table = value_table(column.cells, target.words, target.codes, many=target.type == "ensemble")
    share = max(table.share, _UNKNOWN) if table.short or not column.cells else table.share
    if share < _CONTRARY:
        return Fit(likeness * 0.4, table)
    by_heading = likeness * (0.7 + 0.3 * share)
    # Two words that only this column knows tell it even under a heading that nobody would have thought of.
    told = table.telling if target.type != "booleen" and len(table.readings) > 1 else 0.0
    by_cells = 0.45 * likeness + 0.55 * told
    return Fit(max(by_heading, by_cells), table)


def _share(cells: Sequence[str], target: Target) -> float:
    looked = cells[:: len(cells) // _LOOKED_AT + 1]
    if not looked:
        return _UNKNOWN
    if target.type == "reference":
        return len(set(looked)) / len(looked) if not any(map(looks_like_date, looked)) else 0.0
    return sum(_fits(cell, target) for cell in looked) / len(looked)


def _fits(cell: str, target: Target) -> float:
    if target.type in DATED:
        return looks_like_date(cell)
    if target.type == "texte":
        return _NAME.fullmatch(cell) is not None if target.name == "nom" else _like_identifier(cell)
    return _OF_TYPE[target.type](cell)


def _like_identifier(cell: str) -> float:
    """1 for what is written like a code, half for a single word, 0 for what the door would not read."""
    if _IDENTIFIER.fullmatch(cell) is None or looks_like_date(cell):
        return 0.0
    return 1.0 if cell.isupper() or any(map(str.isdigit, cell)) else 0.5


def _is_commune(cell: str) -> bool:
    return cell.zfill(5) in communes() or cell.zfill(5) in merged_communes()


def _is_siret(cell: str) -> bool:
    return re.fullmatch(r"\d{14}", re.sub(r"\s", "", cell)) is not None


_OF_TYPE = {"entier": is_whole_number, "nombre": looks_like_number, "commune": _is_commune, "siret": _is_siret}
