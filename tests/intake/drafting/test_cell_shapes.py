"""Dates of a column: one shape, day first, or none at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grids.network import DATE_FORMATS
from pipelines.intake.drafting.cell_shapes import date_shape, looks_like_date, looks_like_number


@pytest.mark.parametrize(
    ("cells", "shape"),
    [
        (["13/02/2025", "01/02/2025"], "JJ/MM/AAAA"),
        (["2025-02-13", "2025-02-01"], "AAAA-MM-JJ"),
        (["2025-02-13 08:00:00"], "AAAA-MM-JJ hh:mm:ss"),
        (["13/02/2025"] * 30 + ["inconnue"], "JJ/MM/AAAA"),
        (["13/02/2025"] * 30 + ["31/02/2025"], "JJ/MM/AAAA"),
        (["1er mars 2026", "jeudi 12 févr. 2026", "3 août 2025"], "J mois AAAA"),
        (["13/02/25"], "JJ/MM/AA"),
        (["2025-02-13 08:00:00", "2025-02-14 09:00:00", "2025-02-15"], "AAAA-MM-JJ hh:mm:ss"),
    ],
)
def test_one_shape_is_found(cells: list[str], shape: str) -> None:
    assert date_shape(cells) == (shape, "")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ([], "vide"),
        (["01/02/2025", "03/04/2025"], "le mois pourrait"),
        (["02/13/2025", "13/02/2025"], "mois en premier"),
        (["02/13/2025"], "mois en premier"),
        (["13/02/2025", "2025-02-13"], "mêlées"),
        (["13/02/2025"] * 30 + ["mars 2026"], "mêlées"),
        (["13/02/2025", "inconnue"], "trop de cellules"),
        (["mars 2026"], "ne lit pas"),
        (["2025.02.13"], "ne lit pas"),
    ],
)
def test_what_is_ambiguous_is_not_guessed(cells: list[str], why: str) -> None:
    shape, doubt = date_shape(cells)
    assert shape == ""
    assert why in doubt


@given(st.lists(st.dates(date(1990, 1, 1), date(2090, 1, 1)), min_size=1), st.sampled_from(sorted(DATE_FORMATS)))
def test_a_column_of_one_shape_is_that_shape_or_said_to_be_ambiguous(days: list[date], shape: str) -> None:
    spelt = DATE_FORMATS[shape].replace("%d %m", "%d mars") if "mois" in shape else DATE_FORMATS[shape]
    found, _ = date_shape([day.replace(day=min(day.day, 28)).strftime(spelt) for day in days])
    proven = not shape.startswith("JJ/MM") or any(day.day > 12 for day in days)
    assert found == (shape if proven else "")


@given(st.lists(st.dates(date(1990, 1, 1), date(2090, 1, 1)), min_size=1))
def test_a_column_with_the_month_first_is_never_read(days: list[date]) -> None:
    assert date_shape([day.strftime("%m/%d/%Y") for day in days])[0] == ""


@pytest.mark.parametrize("cell", ["13/02/2025", "2025-02-13T08:00", "12 mars 2026", "mars 2026", "01/2026", "13.02.25"])
def test_dates_look_like_dates(cell: str) -> None:
    assert looks_like_date(cell)


@pytest.mark.parametrize("cell", ["12", "1 204,5", "12,5 %", "-3", "1\u202f204"])
def test_numbers_look_like_numbers(cell: str) -> None:
    assert looks_like_number(cell)
    assert not looks_like_date(cell)


@pytest.mark.parametrize("cell", ["18-25 ans", "A-1", "Mars", "N° 12", "2e étage"])
def test_texts_look_like_neither(cell: str) -> None:
    assert not looks_like_number(cell)
    assert not looks_like_date(cell)
