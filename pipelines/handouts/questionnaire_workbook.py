"""A questionnaire of the grid, or the structures' profile, as an XLSX: to print, and to fill in on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from grids.errors import GridError
from grids.model import Grid
from grids.versions import VersionRecord
from pipelines.handouts.grid_words import STATES
from pipelines.handouts.profile_page import write_profile
from pipelines.handouts.questionnaire import form_of
from pipelines.handouts.questionnaire_paper import write_paper
from pipelines.handouts.questionnaire_screen import Lists, write_screen
from pipelines.handouts.questionnaire_styles import make_styles
from pipelines.home import aside, put_in_place

PAPER_PAGE, SCREEN_PAGE, TEAM_PAGE, PROFILE_PAGE = "À imprimer", "À l'écran", "Réponse d'équipe", "Profil"

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_questionnaire(path: Path, grid: Grid, record: VersionRecord, name: str) -> None:
    """Write the questionnaire `name` (one of FORMS) at `path`, whole or not at all: the same grid gives the same bytes.

    A team's workbook has the page to fill in alone, with what shows its answer and what it tries. Raises GridError if the
    version does not have that questionnaire.
    """
    form = form_of(grid, name)
    with _written(path, form.asked.title, record) as workbook:
        styles, lists = make_styles(workbook), Lists(workbook)
        team = form.asked.respondent == "equipe"
        if not team:
            write_paper(workbook.add_worksheet(PAPER_PAGE), form, banner(grid, record), styles)
        page = workbook.add_worksheet(TEAM_PAGE if team else SCREEN_PAGE)
        write_screen(page, form, banner(grid, record), styles, lists)
        lists.write()


def write_profile_workbook(path: Path, grid: Grid, record: VersionRecord) -> None:
    """Write the structures' yearly profile at `path`, whole or not at all. Raises GridError if the version has none."""
    if not grid.profile:
        raise GridError(
            f"La version {grid.version} n'a pas de profil de structure.",
            place=f"{grid.id}/{grid.version}.yaml (profil)",
            remedy="Choisissez une version qui en a un, par exemple la plus récente.",
        )
    with _written(path, "Profil de structure", record) as workbook:
        lists = Lists(workbook)
        write_profile(workbook.add_worksheet(PROFILE_PAGE), grid, banner(grid, record), make_styles(workbook), lists)
        lists.write()


def banner(grid: Grid, record: VersionRecord) -> str:
    """Which grid this is, and where it stands: « …, version 2025.1 (grille de travail, non adoptée) »."""
    return f"{grid.label}, version {grid.version} ({STATES[record.state]})"


@contextmanager
def _written(path: Path, title: str, record: VersionRecord) -> Iterator[Workbook]:
    content = BytesIO()
    workbook = Workbook(content, _OPTIONS)
    created = datetime.combine(record.in_force_from, datetime.min.time())
    workbook.set_properties({"title": title, "created": created})
    yield workbook
    workbook.close()
    built = aside(path)
    built.write_bytes(content.getvalue())
    put_in_place(built, path)
