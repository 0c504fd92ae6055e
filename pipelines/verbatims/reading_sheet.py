"""The workbook in which a person reads the comments: written here with what waits, read back with what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl
import xlsxwriter

from grids.errors import GridError, SproError
from grids.load import load_grid
from grids.register import networks
from pipelines.handouts.neutral import neutralised
from pipelines.home import aside, put_in_place
from pipelines.intake.office_text import normalised
from pipelines.intake.workbook import open_pages
from pipelines.receipt import PRIVATE_FILE
from pipelines.verbatims.decisions import DISCARDED, PUBLISHABLE

WORDS = {"publiable": PUBLISHABLE, "à écarter": DISCARDED}
"""What a reader may decide, as the sheet says it."""

ID, DECISION, MASKED = "Repère", "Décision", "Mot à masquer"
_HEADINGS = {ID: 16, "Réseau": 22, "Question": 40, "Commentaire": 80, DECISION: 14, MASKED: 24}
_NOTICE = (
    "Relecture des commentaires : aucun n'est montré avant d'avoir été lu.",
    "Décision « publiable » : rien ne permet de reconnaître quelqu'un (personne reçue, professionnel, proche).",
    "Décision « à écarter » : le commentaire est effacé, sans retour possible.",
    "Mot à masquer : dans un commentaire publiable, un mot ou plusieurs, séparés par « ; » ; chacun devient « […] ».",
    "Une case « Décision » vide : le commentaire attend encore. Ne changez pas les repères.",
    "Ce classeur contient des commentaires non relus : ne le transmettez pas, effacez-le une fois les décisions importées.",
)


@dataclass(frozen=True)
class Row:
    """A line of the sheet that says something: `decision` is a word of WORDS as stored, `mask` the expressions to mask."""

    line: int
    comment: str
    decision: str
    mask: tuple[str, ...]


def write_sheet(path: Path, waiting: pl.DataFrame) -> None:
    """Write the comments `waiting` (see staged.waiting) to the workbook `path`, for its owner alone.

    Neither structure nor month is told: who reads must not be able to tell who speaks.
    """
    built = aside(path)
    built.touch(mode=PRIVATE_FILE)
    # In memory: the library's temporary files would hold clear text where anyone may read.
    with xlsxwriter.Workbook(
        str(built), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        _fill(book, waiting)
    put_in_place(built, path)


def read_sheet(path: Path) -> list[Row]:
    """The lines of the workbook `path` on which something was decided.

    Raises SproError, with the line, if a word is no decision, or if it is no such workbook.
    """
    cells = open_pages(path)[0].cells
    headings = [normalised(cell or "") for cell in cells.row(0)] if cells.height else []
    missing = [name for name in (ID, DECISION, MASKED) if normalised(name) not in headings]
    if missing:
        raise SproError(
            f"La première ligne n'a pas de colonne « {missing[0]} ».",
            place=path.name,
            remedy="Partez du classeur écrit par « spro verbatims export », sans changer ses en-têtes.",
        )
    wanted = [headings.index(normalised(name)) for name in (ID, DECISION, MASKED)]
    read = [
        _row(path, line, *((row[position] or "").strip() for position in wanted))
        for line, row in enumerate(cells.iter_rows(), start=1)
        if line > 1
    ]
    return [row for row in read if row.decision]


def _row(path: Path, line: int, comment: str, decision: str, mask: str) -> Row:
    words = {normalised(word): stored for word, stored in WORDS.items()}
    if decision and normalised(decision) not in words:
        raise SproError(
            "La décision n'est pas un des mots admis.",
            place=f"{path.name}, ligne {line}",
            remedy="Choisissez « publiable » ou « à écarter », ou laissez la case vide.",
        )
    expressions = tuple(each.strip() for each in mask.split(";") if each.strip())
    if expressions and words.get(normalised(decision)) != PUBLISHABLE:
        raise SproError(
            "Un mot est à masquer, mais la décision n'est pas « publiable ».",
            place=f"{path.name}, ligne {line}",
            remedy="Choisissez « publiable », ou effacez le mot à masquer.",
        )
    return Row(line, comment, words.get(normalised(decision), ""), expressions)


def _fill(book: xlsxwriter.Workbook, waiting: pl.DataFrame) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet, notice = book.add_worksheet("Commentaires"), book.add_worksheet("Lisez-moi")
    for position, (heading, width) in enumerate(_HEADINGS.items()):
        sheet.set_column(position, position, width, wrapped)
        sheet.write_string(0, position, heading, bold)
    for line, row in enumerate(waiting.iter_rows(named=True), start=1):
        for position, text in enumerate(_told(row)):
            sheet.write_string(line, position, neutralised(text), wrapped)
    choice = list(_HEADINGS).index(DECISION)
    sheet.data_validation(1, choice, max(waiting.height, 1), choice, {"validate": "list", "source": list(WORDS)})
    sheet.freeze_panes(1, 1)
    notice.set_column(0, 0, 110, wrapped)
    for line, sentence in enumerate(_NOTICE):
        notice.write_string(line, 0, sentence)


def _told(row: dict[str, str]) -> tuple[str, str, str, str]:
    names = {network.code: network.name for network in networks()}
    network = names.get(row["reseau"], row["reseau"])
    return row["id"], network, _question(row["grille"], row["version"], row["question"]), row["texte"]


@cache
def _question(grid: str, version: str, question: str) -> str:
    """The words of a question, or its id where the grid has none: free comments are often asked beside it."""
    try:
        return load_grid(version, grid).questions[question].text
    except (GridError, KeyError):
        return question
