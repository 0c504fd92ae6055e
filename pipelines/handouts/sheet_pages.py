"""The two pages that are only read: how to use the sheet, and three lines filled in."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from grids.common_sheet import CHOSEN_SEPARATOR, CommonSheet
from pipelines.handouts.neutral import neutralised
from pipelines.handouts.sheet_styles import Styles

GUIDE_PAGE, EXAMPLE_PAGE = "Mode d'emploi", "Exemple"

_OPENING = (
    ("À quoi sert cette fiche ?", "À voir ensemble comment l'accueil est rendu, et ce qui l'aiderait. Elle ne compte pas la "
     "fréquentation, ne note personne, et ne remplace pas votre outil si vous en avez un."),
    ("Qui, et quand ?", "La personne qui vient d'accueillir, une semaine par mois (la semaine témoin du calendrier de votre "
     "réseau), sauf si votre équipe en décide autrement. Une ligne pour chaque accueil."),
    ("Combien de temps ?", "Environ 36 secondes pour une information, 57 pour une analyse, 73 pour le cas le plus long : "
     "ce sont des estimations. Dites-nous si c'est plus."),
    ("Pour commencer", "Page « Fiche » : choisissez votre structure et écrivez la date du lundi de la semaine témoin, une "
     "seule fois. Le mois se trouve tout seul. Le numéro d'une ligne devient vert quand la ligne est comptée."),
)  # fmt: skip
_CLOSING = (
    ("Et après ?", "Enregistrez le fichier, et remettez-le comme convenu avec votre réseau. Il n'y a rien à recopier ni à "
     "convertir. Un accusé de réception dit ce qui a été lu, et ce qu'il faut corriger."),
)  # fmt: skip


def write_guide(page: Worksheet, sheet: CommonSheet, styles: Styles) -> None:
    """The explanation, from the sheet's own rules and blocks."""
    rules = [(f"Règle {number}. {rule.title}", rule.text) for number, rule in enumerate(sheet.rules, start=1)]
    page.set_column(0, 0, 74)
    page.write_string(0, 0, f"{sheet.title} : mode d'emploi", styles.title)
    row = 1
    for title, text in (*_OPENING, *rules, *_CLOSING):
        page.write_string(row, 0, neutralised(title), styles.subtitle)
        page.write_string(row + 1, 0, neutralised(text), styles.text)
        page.set_row(row, 24)
        page.set_row(row + 1, 16 * (len(text) // 84 + 1))
        row += 2
    _only_read(page)


def write_example(page: Worksheet, sheet: CommonSheet, styles: Styles) -> None:
    """Three lines filled in, turned on their side: easier to read, and never taken for a delivery."""
    page.set_column(0, 0, 52)
    page.set_column(1, len(sheet.examples), 34)
    page.write_string(0, 0, "Exemple, pour voir : rien d'ici n'est lu ni compté", styles.title)
    page.write_string(1, 0, "Question", styles.heading)
    page.set_row(1, 48)
    for column, example in enumerate(sheet.examples, start=1):
        page.write_string(1, column, neutralised(example.title), styles.heading)
    for row, question in enumerate(sheet.asked, start=2):
        page.write_string(row, 0, neutralised(question.heading), styles.worked_out)
        for column, example in enumerate(sheet.examples, start=1):
            words = example.answers.get(question.number, "").replace(CHOSEN_SEPARATOR, ", puis ")
            page.write_string(row, column, neutralised(words), styles.worked_out)
    page.freeze_panes(2, 1)
    _only_read(page)


def _only_read(page: Worksheet) -> None:
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.protect("", {"format_columns": True, "format_rows": True})
