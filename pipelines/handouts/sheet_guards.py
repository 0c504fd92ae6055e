"""What the page accepts and shows while it is filled in: drop-down lists, numbers, grey cells where nothing is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from grids.contract import load_contract
from grids.sheet_questions import SheetQuestion
from pipelines.handouts.sheet_layout import FIRST_LINE_ROW, STRUCTURE_CELL, WEEK_CELL, Layout, Place
from pipelines.handouts.sheet_lists import STRUCTURES, KnownStructure, list_name
from pipelines.handouts.sheet_styles import Styles

_OUT_OF_LIST = {
    "error_title": "Réponse hors de la liste",
    "error_message": "Choisissez une réponse de la liste, ou laissez la case vide : vide veut dire « non renseigné ».",
}
_WEEK = {
    "validate": "custom",
    "value": f"=AND(ISNUMBER({WEEK_CELL}),WEEKDAY({WEEK_CELL},2)=1)",
    "input_title": "La semaine témoin",
    "input_message": "Le lundi de la semaine, par exemple 12/01/2026. Il ne sert qu'à trouver le mois.",
    "error_title": "Ce n'est pas un lundi",
    "error_message": "Écrivez la date du lundi de la semaine témoin, sous la forme JJ/MM/AAAA.",
}


def guard_lines(page: Worksheet, layout: Layout, styles: Styles) -> None:
    """Lists and grey cells, column by column, over every line; the number of a line that counts turns green."""
    last = FIRST_LINE_ROW + layout.sheet.lines - 1
    for column, place in enumerate(layout.places):
        area = (FIRST_LINE_ROW, column, last, column)
        if place.question is not None:
            page.data_validation(*area, _admitted(layout, place, place.question))
        if not_asked := _not_asked(layout, place):
            page.conditional_format(*area, {"type": "formula", "criteria": not_asked, "format": styles.not_asked})
    counted = f"={layout.touched(FIRST_LINE_ROW, imposed_too=True)}"
    page.conditional_format(
        FIRST_LINE_ROW, 0, last, 0, {"type": "formula", "criteria": counted, "format": styles.counted}
    )


def guard_facts(page: Worksheet, structures: Sequence[KnownStructure], styles: Styles) -> None:
    """The structure from its list where there is one, the week by its Monday; both stand out until they are filled in."""
    if structures:
        page.data_validation(STRUCTURE_CELL, {"validate": "list", "source": f"=liste_{STRUCTURES}", **_OUT_OF_LIST})
    else:
        page.data_validation(STRUCTURE_CELL, _identifier())
    page.data_validation(WEEK_CELL, _WEEK)
    for cell in (STRUCTURE_CELL, WEEK_CELL):
        page.conditional_format(
            cell, {"type": "formula", "criteria": f'={cell}=""', "format": styles.missing, "stop_if_true": True}
        )


def _identifier() -> dict[str, Any]:
    return {
        "validate": "length",
        "criteria": "between",
        "minimum": 1,
        "maximum": 64,
        "input_title": "Votre structure",
        "input_message": "Son identifiant, celui du profil que votre réseau a livré.",
        "error_title": "Identifiant trop long",
        "error_message": "Un identifiant a 64 signes au plus.",
    }


def _admitted(layout: Layout, place: Place, question: SheetQuestion) -> dict[str, Any]:
    if question.answers:
        rule = {"validate": "list", "source": f"={list_name(question, place.choice)}", **_OUT_OF_LIST}
    else:
        rule = _whole_number(layout, question)
    if question.help:
        rule |= {"input_title": f"Question {question.number}", "input_message": question.help}
    return rule


def _whole_number(layout: Layout, question: SheetQuestion) -> dict[str, Any]:
    column = load_contract(layout.sheet.table).column(question.column)
    assert column is not None, "the sheet was checked against the contract"
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": column.minimum or 0,
        "maximum": column.maximum or 1_000_000,
        "error_title": "Un nombre entier",
        "error_message": f"Écrivez un nombre entier, de {column.minimum or 0} à {column.maximum}, "
        "ou laissez la case vide : vide veut dire « non renseigné ».",
    }


def _not_asked(layout: Layout, place: Place) -> str:
    """The condition (formula) in which the cell of a line is grey, or ''."""
    question = place.question
    if question is None:
        return ""
    if place.choice:
        none_yet = layout.first_choice_is_a_network(question, FIRST_LINE_ROW)
        return f"=NOT({none_yet})"
    holds = layout.holds(question, FIRST_LINE_ROW)
    return f"=NOT({holds})" if holds else ""
