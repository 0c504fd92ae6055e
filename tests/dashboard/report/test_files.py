"""What leaves a page as a table: what it is about is inside, a figure is a number, a hidden cell has none."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import fastexcel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.downloads import file_name
from dashboard.selection import Period, Selection, Unit
from dashboard.text import dates
from dashboard.views.edition import USE
from dashboard.views.tables import Table, csv_file, figure_alone, xlsx_file

SENTENCE = "Bretagne, année 2025, grille de travail 2025.1, version des données du 1er mars 2026"
TABLE = Table(
    "Personnes écoutées, année 2025",
    ("Territoire", "Valeur", "Fourchette", "Délai"),
    (
        ("Bretagne", "81 %", "entre 76 et 86 %", "5 jours ouvrés"),
        ("Apec", "non diffusé", "–", "non diffusé"),
        ("2025", "=1+1", "moins de 5 %", "3 jours ouvrés de moins"),
    ),
)


@pytest.fixture(scope="module")
def rows() -> list[list]:
    sheet = fastexcel.read_excel(xlsx_file(TABLE, (SENTENCE, USE))).load_sheet(
        "Données", header_row=None, dtypes="string"
    )
    return [["" if cell is None else cell for cell in row] for row in sheet.to_polars().rows()]


def test_what_it_is_about_stands_above_the_table(rows: list[list]) -> None:
    told = [row[0] for row in rows if row[0]]
    assert told[:3] == [TABLE.caption, SENTENCE, USE]
    assert list(TABLE.header) in rows
    assert SENTENCE in csv_file(TABLE, (SENTENCE, USE)).decode("utf-8-sig")


def test_a_figure_is_a_number_and_anything_else_stays_words(rows: list[list]) -> None:
    region, hidden, odd = rows[-3:]
    assert [float(region[1]), float(region[3])] == [0.81, 5]
    assert region[2] == "entre 76 et 86 %"
    assert hidden == list(TABLE.rows[1])
    assert odd == list(TABLE.rows[2])


def test_the_header_stays_in_sight_and_the_file_is_always_the_same() -> None:
    made = xlsx_file(TABLE, (SENTENCE,))
    assert made == xlsx_file(TABLE, (SENTENCE,))
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    assert "<f>" not in sheet


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("81 %", (0.81, "0 %")),
        ("1 234", (1234, "#,##0")),
        ("1,5", (1.5, "#,##0.0")),
        ("−4 points", (-4, '#,##0" points"')),
        ("+12 points", (12, '+#,##0" points";-#,##0" points"')),
        ("non diffusé", None),
        ("11 à 19 réponses", None),
        ("12 structures sur 14", None),
        ("3 jours ouvrés de plus", None),
        ("90 % (entre 88 et 92 %)", None),
        ("moins de 5 %", None),
        ("–", None),
        ("", None),
        ("T4 2025", None),
    ],
)
def test_what_a_cell_is(cell: str, expected: tuple | None) -> None:
    assert figure_alone(cell) == expected


@given(st.integers(0, 100))
def test_every_share_comes_back(percent: int) -> None:
    found = figure_alone(f"{percent} %")
    assert found is not None
    assert found[0] == pytest.approx(percent / 100)


@given(st.text(max_size=30))
def test_no_cell_stops_a_file(cell: str) -> None:
    figure_alone(cell)


def test_a_file_is_named_after_what_where_and_when() -> None:
    chosen = Selection(Unit("departement", "22", "Côtes-d'Armor"), Period(dates.QUARTER, date(2025, 10, 1)))
    assert file_name("Attente jusqu'au premier créneau, « au choix »", chosen) == (
        "attente-jusqu-au-premier-creneau-au-choix-cotes-d-armor-2025-t4"
    )
