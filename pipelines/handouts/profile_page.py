"""The page of the structures' yearly profile: each question, then one row for each column of the contract that it fills."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from grids.contract import Column, allowed_values, load_contract
from grids.model import Grid
from grids.register import network_codes
from pipelines.handouts.neutral import neutralised
from pipelines.handouts.questionnaire_screen import OUT_OF_LIST, Lists
from pipelines.handouts.questionnaire_styles import PORTRAIT_WIDTH, Styles, height, ready_to_print

TITLE = "Profil de structure"
HEADINGS = ("N°", "Question", "Notre réponse", "Colonne du contrat")
_OPENING = (
    "Une fois par an, par la ou le responsable, avec l'équipe. Une case vide veut dire « non renseigné ». La dernière "
    "colonne dit où le réseau reporte la réponse dans sa livraison des structures."
)
_FREE = "En quelques mots (reste dans la structure)"
_WIDTHS = (7.0, 35.0, 20.0, 24.0)


def write_profile(page: Worksheet, grid: Grid, banner: str, styles: Styles, lists: Lists) -> None:
    """Fill in `page`, A4 upright, from the profile's questions and the contract « structures »."""
    for place, width in enumerate(_WIDTHS):
        page.set_column(place, place, width)
    for row, (text, style) in enumerate(((TITLE, styles.title), (banner, styles.text), (_OPENING, styles.text))):
        page.merge_range(row, 0, row, 3, neutralised(text), style)
        page.set_row(row, height(text, PORTRAIT_WIDTH) + (6 if row == 0 else 0))
    page.write_row(3, 0, HEADINGS, styles.heading)
    page.set_row(3, 26)
    row = 4
    for name, question in grid.profile.items():
        page.write_string(row, 0, neutralised(name), styles.heading)
        page.merge_range(row, 1, row, 3, neutralised(question.text), styles.heading)
        page.set_row(row, height(question.text, sum(_WIDTHS[1:])))
        row += 1
        if not question.columns:
            _write_row(page, row, _FREE, "", styles)
            row += 1
        for column in _asked(question.columns):
            row = _write_column(page, row, column, styles, lists)
    page.freeze_panes(4, 0)
    ready_to_print(page, banner, repeated=4)


def _asked(names: tuple[str, ...]) -> list[Column]:
    columns = [load_contract("structures").column(name) for name in names]
    return [column for column in columns if column is not None]


def _write_column(page: Worksheet, row: int, column: Column, styles: Styles, lists: Lists) -> int:
    """One row for the column, or one for each code of a set; the row that follows."""
    codes = allowed_values(column, network_codes())
    if column.type != "ensemble":
        _write_row(page, row, column.label, column.name, styles)
        if rule := _admitted(column, codes, lists):
            page.data_validation(row, 2, row, 2, rule)
        return row + 1
    for code in codes:
        _write_row(page, row, f"{column.label} : {code}", column.name, styles)
        page.data_validation(row, 2, row, 2, _among(("oui", "non"), lists))
        row += 1
    return row


def _write_row(page: Worksheet, row: int, text: str, column: str, styles: Styles) -> None:
    page.write_string(row, 0, "", styles.code)
    page.write_string(row, 1, neutralised(text), styles.question)
    page.write_blank(row, 2, None, styles.answer)
    page.write_string(row, 3, column, styles.code)
    page.set_row(row, height(text, _WIDTHS[1]))


def _admitted(column: Column, codes: tuple[str, ...], lists: Lists) -> dict[str, Any] | None:
    if codes:
        return _among(codes, lists)
    if column.type == "entier":
        low, high = column.minimum or 0, column.maximum or 1_000_000
        told = f"Écrivez un nombre entier, de {low} à {high}, ou laissez la case vide."
        bounds = {"criteria": "between", "minimum": low, "maximum": high}
        return {"validate": "integer", **bounds, "error_title": "Un nombre entier", "error_message": told}
    return None


def _among(words: tuple[str, ...], lists: Lists) -> dict[str, Any]:
    return {"validate": "list", "source": f"={lists.name_of(words)}", **OUT_OF_LIST}
