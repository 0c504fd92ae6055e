"""Sheets read as a spreadsheet shows them."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from grids.errors import DeliveryRefused
from pipelines.intake.workbook import open_pages

from .made_files import ods_cell, ods_gap, ods_row, ods_table, write_ods, write_xlsx

Rows = list[tuple[str | None, ...]]


def _one_column(path: Path, put: list[tuple[object, str]]) -> list[str | None]:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for row, (value, shape) in enumerate(put):
            write = sheet.write_string if isinstance(value, str) else sheet.write
            write(row, 0, value, book.add_format({"num_format": shape}) if shape else None)

    (page,) = open_pages(write_xlsx(path, fill))
    return page.cells["c0"].to_list()


@pytest.mark.parametrize(
    ("value", "shape", "shown"),
    [
        ("01234", "", "01234"),
        (1.0, "", "1"),
        (12.5, "", "12.5"),
        (0.1 + 0.2, "", "0.3"),
        (0.125, "0 %", "0.125"),
        (True, "", "VRAI"),
        (False, "", "FAUX"),
        ("true", "", "true"),
        ("1.0", "", "1.0"),
        (date(2025, 3, 12), "dd/mm/yyyy", "2025-03-12"),
        (datetime(2025, 3, 12), "dd/mm/yyyy hh:mm", "2025-03-12"),
        (datetime(2025, 3, 12, 14, 30, 5), "dd/mm/yyyy hh:mm", "2025-03-12 14:30:05"),
        (datetime(2025, 3, 12, 23, 59, 59, 999_900), "dd/mm/yyyy", "2025-03-13"),
        (45728.60422453, "dd/mm/yyyy hh:mm:ss", "2025-03-12 14:30:05"),
        ("2025-03-12 00:00:00", "", "2025-03-12 00:00:00"),
        ("2025-03-12T14:30:05", "", "2025-03-12T14:30:05"),
        (clock(14, 30), "hh:mm", "14:30:00"),
        (timedelta(hours=36), "[h]:mm", "36:00:00"),
        ("deux\nlignes", "", "deux\nlignes"),
    ],
)
def test_a_cell_is_read_as_the_text_it_shows(tmp_path: Path, value: object, shape: str, shown: str) -> None:
    assert _one_column(tmp_path / "a.xlsx", [(value, shape), ("fin", "")]) == [shown, "fin"]


def test_a_date_counted_from_1904_is_the_day_that_it_shows(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet().write_datetime(0, 0, date(2025, 3, 12), book.add_format({"num_format": "dd/mm/yyyy"}))

    (page,) = open_pages(write_xlsx(tmp_path / "a.xlsx", fill, date_1904=True))
    assert page.cells.rows() == [("2025-03-12",)]


@settings(max_examples=30, deadline=None)
@given(days=st.lists(st.dates(date(1901, 1, 1), date(2099, 12, 31)), min_size=1, max_size=20))
def test_every_true_date_comes_back(tmp_path_factory: pytest.TempPathFactory, days: list[date]) -> None:
    path = tmp_path_factory.mktemp("dates") / "a.xlsx"
    assert _one_column(path, [(day, "dd/mm/yyyy") for day in days]) == [day.isoformat() for day in days]


def _irregular(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Fiches")
    grey = book.add_format({"bg_color": "gray"})
    sheet.merge_range(2, 1, 2, 2, "Groupe")
    sheet.write_row(3, 1, ["Lieu", "Délai"])
    sheet.write_row(5, 1, ["FICTIF-1", 4])
    sheet.write_formula(6, 1, "=1+1", None, "")
    sheet.write_formula(6, 2, "=1+1", None, 2)
    sheet.write_string(50, 5, "\u00a0 ")
    sheet.write_blank(200, 40, None, grey)
    book.add_worksheet("Vide")
    book.add_worksheet("Notes").write(0, 0, "Lisez-moi")
    book.add_worksheet("Listes").hide()
    book.add_worksheet("Secrets").very_hidden()


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    fiches, vide, notes = open_pages(write_xlsx(tmp_path / "a.xlsx", _irregular))
    assert (fiches.name, vide.name, notes.name) == ("Fiches", "Vide", "Notes")
    assert fiches.cells.columns == ["c0", "c1"]
    assert fiches.cells.rows() == [
        (None, None), (None, None), ("Groupe", None), ("Lieu", "Délai"), (None, None), ("FICTIF-1", "4"), (None, "2"),
    ]  # fmt: skip
    assert vide.cells.shape == (0, 0)


def test_an_opendocument_sheet_is_read_in_the_same_way(tmp_path: Path) -> None:
    fiches = ods_table(
        "Fiches",
        ods_row(ods_gap(16384), times=2),
        ods_row(ods_cell("Lieu"), ods_cell("Reçu le"), ods_gap(16382)),
        ods_row(ods_cell("012"), ods_cell("12/03/25", "date", 'office:date-value="2025-03-12"')),
        ods_row(ods_cell("1,0", "float", 'office:value="1"'), ods_cell("x", "date", 'office:date-value="2025-03-12T14:30:05"')),
        ods_row(ods_cell("VRAI", "boolean", 'office:boolean-value="true"'), ods_cell("true")),
        ods_row(ods_cell("14:30", "time", 'office:time-value="PT14H30M00S"'), times=2),
        ods_row(ods_gap(16384), times=1_048_568),
    )  # fmt: skip
    path = write_ods(tmp_path / "a.ods", fiches + ods_table("Listes", ods_row(ods_cell("x")), style="cachee"))
    (page,) = open_pages(path)
    assert page.cells.rows() == [
        (None, None), (None, None), ("Lieu", "Reçu le"), ("012", "2025-03-12"), ("1", "2025-03-12 14:30:05"),
        ("VRAI", "true"), ("14:30:00", None), ("14:30:00", None),
    ]  # fmt: skip


def _corners(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "b")


def _long_text_everywhere(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    for row in range(200):
        sheet.write_row(row, 0, ["x" * 32_000] * 200)


def test_a_sheet_that_would_be_laid_out_without_end_is_refused_before_it_is(tmp_path: Path) -> None:
    started = time.monotonic()
    far = write_ods(tmp_path / "a.ods", ods_table("A", ods_row(ods_cell("x", times=16_384), times=1_048_576)))
    claimed = write_ods(tmp_path / "b.ods", ods_table("A", ods_row(ods_gap(4_000_000_000), ods_cell("x"))))
    long = write_ods(tmp_path / "c.ods", ods_table("A", ods_row(ods_cell("x" * 9_000, times=16_000), times=100)))
    files = [write_xlsx(tmp_path / "d.xlsx", _corners), write_xlsx(tmp_path / "e.xlsx", _long_text_everywhere)]
    for path in (far, claimed, long, *files):
        with pytest.raises(DeliveryRefused, match="démesurée"):
            open_pages(path)
    assert time.monotonic() - started < 20


def test_a_workbook_whose_sheets_are_all_hidden_is_refused(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods", ods_table("A", ods_row(ods_cell("x")), style="cachee"))
    with pytest.raises(DeliveryRefused, match="aucune feuille visible"):
        open_pages(path)
