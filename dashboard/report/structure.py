"""The sheet of one structure: two pages made of what an edition says of it, to be read with its team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard import reading
from dashboard.report.document import Document, pages, pdf
from dashboard.selection import Period, Selection, Unit
from dashboard.sheets import told_of, view_of
from dashboard.views import practice_profile, structure_points
from dashboard.views.edition import SYNTHETIC, USE, selection_sentence
from dashboard.views.structure_lines import FieldLines, SheetLine
from dashboard.views.structure_periods import own_period
from dashboard.views.structure_points import Point
from dashboard.views.structure_sheet import Cycle, SheetView
from dashboard.views.tables import Table
from grids.errors import SproError

MOST_PAGES = 2
_LAYOUT = "sheet.typ"
# How many rows of the last tables are told, and how large letters are, until the sheet is short enough.
_TRIES = ((40, 9.5), (40, 9), (40, 8.5), (9, 8.5), (6, 8.25), (6, 8), (4, 7.5))
_READING = (
    "Chaque chiffre est celui de la structure, avec la fourchette de ce que le hasard explique ; à côté, pour repère, la "
    "moyenne des structures du réseau et de la région. Ce n'est jamais un classement."
)


def sheet(structure: Unit, period: Period | None = None) -> bytes:
    """The sheet as a PDF of two pages at most; without a period, the latest of the finest step that tells something.

    Raises SproError where the current reader may not see the structure by name.
    """
    told = _told(structure, period)
    for most, size in _TRIES:
        made = pdf(_document(told, most, size))
        if pages(made) <= MOST_PAGES:
            return made
    raise SproError("La fiche dépasse deux pages.", remedy="Choisissez une autre période.")


def document(structure: Unit, period: Period | None = None) -> Document:
    """The sheet as it is first laid out, before it is made to fit."""
    return _document(_told(structure, period), *_TRIES[0])


def named(identifier: str) -> Unit:
    """The structure of that id among those that the current reader sees by name. Raises SproError for any other."""
    found = next((each.unit for each in reading.named_structures() if each.id == identifier), None)
    if found is None:
        raise SproError(
            "Cette structure n'est pas montrée par son nom à ce lecteur.",
            place=identifier,
            remedy="Une fiche se lit par son équipe, ou par sa tête de réseau si la structure l'a accepté.",
        )
    return found


def _document(told: dict[str, Any], most: int, size: float) -> Document:
    cut = {name: _shortened(told[name], most) for name in ("sides", "practices")}
    return Document(_LAYOUT, {**told, **cut, "size": size}, reading.edition().data_as_of)


def _shortened(table: dict[str, Any], most: int) -> dict[str, Any]:
    left = len(table["rows"]) - most
    more = f"Et {left} autre{'s' if left > 1 else ''}, sur la page Fiche structure." if left > 0 else ""
    return {**table, "rows": table["rows"][:most], "more": more}


def _told(structure: Unit, period: Period | None) -> dict[str, Any]:
    named(structure.id)
    told, edition = told_of(structure), reading.edition()
    selection = Selection(structure, period or own_period(told, reading.periods()))
    view = view_of(selection, told)
    return {
        "title": "Fiche à lire avec l'équipe",
        "selection": selection_sentence(selection, edition),
        "notice": edition.notice(selection.period),
        "synthetic": SYNTHETIC if edition.synthetic else "",
        "opening": view.opening,
        "step": view.step,
        "strong": _points(view.strong) or [_silent(structure_points.NO_STRONG_POINT)],
        "first": _points(view.first) or [_silent(structure_points.NOTHING_TO_LOOK_AT)],
        "fields": [_field(each) for each in view.fields],
        "hidden": view.hidden,
        "cycles": [_cycle(each) for each in view.cycles],
        "reading": _READING,
        "use": USE,
        **_sides_and_practices(view),
    }


def _sides_and_practices(view: SheetView) -> dict[str, Any]:
    return {
        "sides": {**_table(view.sides.table), "answer": view.sides.answer, "question": view.sides.question},
        "practices": {
            **_table(view.profile.table),
            "answer": view.profile.sentence,
            "question": practice_profile.READING,
        },
    }


def _points(points: Iterable[Point]) -> list[dict[str, str]]:
    return [
        {"title": each.title, "fact": each.fact, "solidity": each.solidity, "question": each.question}
        for each in points
    ]


def _silent(sentence: str) -> dict[str, str]:
    return {"title": "", "fact": sentence, "solidity": "", "question": ""}


def _field(field: FieldLines) -> dict[str, Any]:
    return {"title": field.title, "lines": [_line(each) for each in field.lines]}


def _line(told: SheetLine) -> dict[str, Any]:
    """A criterion on a line: the figure and the period that it is of, how it varies, what stands beside it."""
    notes = (told.line.note, told.when, told.kept_back)
    return {
        "title": told.line.title,
        "value": told.line.point or told.line.sentence,
        "figure": bool(told.line.point),
        "notes": [each for each in notes if each],
        "trend": f"{told.icon} {told.trend}".strip(),
        "beside": [each for each in told.beside if each],
    }


def _cycle(cycle: Cycle) -> dict[str, str]:
    return {
        "title": cycle.title,
        "verdict": cycle.verdict,
        "gap": cycle.gap,
        "sentence": cycle.sentence,
        "story": cycle.story,
    }


def _table(table: Table) -> dict[str, Any]:
    return {"caption": table.caption, "header": table.header, "rows": table.rows}
