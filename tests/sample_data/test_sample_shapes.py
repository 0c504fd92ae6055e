"""What each new network's tool writes looks like what such tools really write, down to their habits."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from grids.common_sheet import load_common_sheet
from pipelines.handouts.sheet_layout import FIRST_LINE_ROW, Layout
from pipelines.intake import grist, workbook
from sample_data.common_sheets import sample_week

from .conftest import Answer


def _cells(path: Path, sheet: int = 0) -> list[tuple[str | None, ...]]:
    return workbook.open_pages(path)[sheet].cells.rows()


def test_a_workbook_has_a_title_groups_headings_true_dates_and_a_notice(inbox: Path) -> None:
    path = inbox / "apec" / "fiches_2023-T1.xlsx"
    accueils, notice = workbook.open_pages(path)
    title, groups, headings, first = accueils.cells.rows()[:4]
    assert (accueils.name, notice.name) == ("Accueils", "Notice")
    assert title[0] is not None
    assert "synthétiques" in title[0]
    assert title[1:] == (None,) * (len(title) - 1)
    assert [each for each in groups if each] == ["Fiche", "Accueil", "Délai", "Contenu", "Suites", "Public"]
    assert headings[3] == "Date d’accueil"
    assert first[3] is not None
    assert date.fromisoformat(first[3])
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<mergeCell ") == 6


def test_the_chambers_write_line_feeds_in_cells_and_a_mean_at_the_end(inbox: Path) -> None:
    text = (inbox / "chambres-consulaires" / "fiches_2023-T1.csv").read_text("utf-8")
    assert '"Date\nde l’accueil"' in text
    assert text.splitlines()[-1].startswith("Moyenne,,,,,,")


def test_a_sheet_is_laid_out_as_the_template_lays_it_out(inbox: Path) -> None:
    rows = _cells(inbox / "cidff" / "fiche_CIDFF-0003_2025-01.xlsx")
    expected = tuple(place.heading for place in Layout(load_common_sheet()).places)
    assert rows[FIRST_LINE_ROW - 1] == expected
    assert len(rows) == FIRST_LINE_ROW + load_common_sheet().lines
    facts = dict(zip(expected, rows[FIRST_LINE_ROW], strict=True))
    assert (facts["Ligne"], facts["Structure"], facts["Mois"]) == ("1", "CIDFF-0003", "2025-01-01")
    assert dict(zip(expected, rows[-1], strict=True))["Structure"] is None
    assert rows[1][7] == sample_week(date(2025, 1, 1)).isoformat()


@pytest.mark.parametrize(("month", "monday"), [((2025, 1), 6), ((2025, 5), 5), ((2025, 8), 11)])
def test_the_sample_week_is_that_of_the_second_thursday(month: tuple[int, int], monday: int) -> None:
    assert sample_week(date(*month, 1)) == date(*month, monday)


def test_some_lines_of_the_sheets_are_unfinished_and_still_pass(
    inbox: Path, door: Callable[[str, str], Answer]
) -> None:
    staged = [row for month in ("02", "03") for row in door("cidff", f"fiche_CIDFF-0002_2025-{month}.xlsx").staged]
    unfinished = [row for row in staged if row["type_echange"] is None and row["mediation"] is None]
    assert unfinished
    assert all(row["canal"] and row["tranche_age"] == "non_precise" for row in unfinished)


def test_a_grist_document_shows_its_sites_through_references(inbox: Path) -> None:
    path = inbox / "suio" / "accueils_2023-S1.grist"
    sites, accueils = grist.open_pages(path)
    assert (sites.name, accueils.name) == ("Sites", "Accueils")
    shown = dict(zip(accueils.cells.row(0), accueils.cells.row(1), strict=True))
    assert shown["Site"] in {row[0] for row in sites.cells.rows()[1:]}
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_appointments_bear_names_and_birth_dates_fictitious_on_their_face(inbox: Path) -> None:
    heading, first, *_ = (inbox / "transitions-pro" / "rdv_2023-S1.csv").read_text("utf-8-sig").splitlines()
    facts = dict(zip(heading.split(";"), first.split(";"), strict=True))
    assert facts["usager(s)"].startswith("FICTIF-USAGER-")
    assert facts["agent(s)"].startswith("FICTIF-PRO-")
    assert len(facts["date de naissance"].split("/")) == 3


def test_aggregates_are_written_both_french_ways_and_say_their_definition(inbox: Path) -> None:
    earlier, later = (
        (inbox / "france-travail" / f"indicateurs_{year}.csv").read_text("cp1252") for year in (2024, 2025)
    )
    assert "\N{NO-BREAK SPACE}%;" in earlier
    assert "%" not in later
    assert ";0," in later
    versions = {line.split(";")[-1] for line in earlier.splitlines()[1:]}
    assert versions == {"2022", "2024"}
