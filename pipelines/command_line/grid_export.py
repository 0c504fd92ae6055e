"""`spro grid export`: a version of the grid, or one of its questionnaires, in the shape that somebody can use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grids.errors import SproError
from grids.load import load_grid
from grids.model import Grid
from grids.versions import VersionRecord, record_of, version_in_force
from pipelines.command_line.options import console

Writing = Callable[[Path, Grid, VersionRecord], None]


class Subject(StrEnum):
    """What may be exported."""

    PERSONS = "personnes"
    MONTH_LATER = "un-mois"
    PROFESSIONALS = "professionnels"
    TEAMS = "equipes"
    PROFILE = "profil"
    GRID = "grille"


class Format(StrEnum):
    """Into what."""

    LIMESURVEY = "limesurvey"
    XLSX = "xlsx"
    PDF = "pdf"


_ENDINGS = {Format.LIMESURVEY: ".txt", Format.XLSX: ".xlsx", Format.PDF: ".pdf"}
_NEXT = {
    Format.LIMESURVEY: "Dans LimeSurvey : « Créer un questionnaire », « Importer », et choisissez ce fichier.",
    Format.XLSX: "Ouvrez-le dans un tableur : il est prêt à imprimer et à remplir.",
    Format.PDF: "Ouvrez-le ou imprimez-le : il se lit aussi avec un lecteur d'écran.",
}


def export(
    out: Annotated[Path, typer.Option("--out", metavar="FICHIER", help="Le fichier à écrire (.txt, .xlsx ou .pdf).")],
    version: Annotated[
        str, typer.Argument(metavar="[VERSION]", help="La version de la grille ; sans elle, celle en vigueur.")
    ] = "",
    subject: Annotated[
        Subject,
        typer.Option("--quoi", metavar="QUOI", help=f"Ce qu'on exporte : {', '.join(Subject)}."),
    ] = Subject.GRID,
    shape: Annotated[
        Format | None,
        typer.Option("--format", metavar="FORMAT", help="limesurvey, xlsx ou pdf ; sans lui, le plus courant."),
    ] = None,
) -> None:
    """Écrire la grille en document (pdf), ou un questionnaire pour un tableur (xlsx) ou pour LimeSurvey (limesurvey)."""
    writings = _writings(subject)
    chosen = shape or next(iter(writings))
    _check_shape(subject, chosen, tuple(writings))
    _check_ending(out, chosen)
    named = version or version_in_force(date.today()).version
    record = record_of(named)
    writings[chosen](out, load_grid(named), record)
    console.print(str(out), markup=False, soft_wrap=True)
    console.print(_NEXT[chosen], markup=False, soft_wrap=True)


def _writings(subject: Subject) -> dict[Format, Writing]:
    """The formats in which a subject can be written, the most usual first, and how each is."""
    from pipelines.handouts.grid_document import write_document
    from pipelines.handouts.limesurvey_structure import write_structure
    from pipelines.handouts.questionnaire import form_of
    from pipelines.handouts.questionnaire_workbook import write_profile_workbook, write_questionnaire

    if subject is Subject.GRID:
        return {Format.PDF: write_document}
    if subject is Subject.PROFILE:
        return {Format.XLSX: write_profile_workbook}
    return {
        Format.XLSX: lambda out, grid, record: write_questionnaire(out, grid, record, subject.value),
        Format.LIMESURVEY: lambda out, grid, record: write_structure(out, form_of(grid, subject.value)),
    }


def _check_shape(subject: Subject, chosen: Format, possible: tuple[Format, ...]) -> None:
    if chosen not in possible:
        raise SproError(
            f"« {subject} » ne s'écrit pas en {chosen}.",
            remedy=f"Choisissez « --format {possible[0]} ».",
        )


def _check_ending(out: Path, chosen: Format) -> None:
    if out.suffix.lower() != _ENDINGS[chosen]:
        raise SproError(
            f"Un fichier {chosen} porte un nom qui finit par {_ENDINGS[chosen]}.",
            place=str(out),
            remedy=f"Écrivez par exemple « --out {out.with_suffix(_ENDINGS[chosen]).name} ».",
        )
