"""A Parquet file as one page of texts."""

from __future__ import annotations

from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import polars as pl
import pytest

from grids.errors import DeliveryRefused
from pipelines.intake import parquet_file
from pipelines.intake.parquet_file import open_pages

MIDNIGHT = datetime(2025, 3, 1)


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (pl.Series(["01", None]), ["01", None]),
        (pl.Series([1.0, 0.1 + 0.2]), ["1", "0.3"]),
        (pl.Series([1e20, 1e-7]), ["100000000000000000000", "0.0000001"]),
        (pl.Series([float("nan"), -2.50]), [None, "-2.5"]),
        (pl.Series([12, None]), ["12", None]),
        (pl.Series(["1.50", "100.00"]).cast(pl.Decimal(10, 2)), ["1.5", "100"]),
        (pl.Series([True, False]), ["VRAI", "FAUX"]),
        (pl.Series([date(2025, 3, 1), None]), ["2025-03-01", None]),
        (pl.Series([MIDNIGHT, datetime(2025, 3, 1, 9, 5)]), ["2025-03-01", "2025-03-01 09:05:00"]),
        (pl.Series([datetime(2025, 1, 31, 23, 30)] * 2).dt.replace_time_zone("UTC"), ["2025-02-01 00:30:00"] * 2),
        (pl.Series([clock(9, 5), None]), ["09:05:00", None]),
        (pl.Series(["a", "b"], dtype=pl.Categorical), ["a", "b"]),
    ],
)
def test_a_value_is_told_as_a_spreadsheet_would(tmp_path: Path, values: pl.Series, shown: list[str | None]) -> None:
    path = tmp_path / "fiches.parquet"
    pl.DataFrame({"Rang": [1, 2], "Valeur": values}).write_parquet(path)
    (page,) = open_pages(path)
    assert page.name == "fiches"
    assert page.cells.rows() == [("Rang", "Valeur"), ("1", shown[0]), ("2", shown[1])]


@pytest.mark.parametrize("values", [pl.Series([[1]]), pl.Series([{"a": 1}]), pl.Series([b"x"])])
def test_a_column_that_no_cell_can_hold_is_refused_by_its_name(tmp_path: Path, values: pl.Series) -> None:
    path = tmp_path / "fiches.parquet"
    pl.DataFrame({"Motifs": values}).write_parquet(path)
    with pytest.raises(DeliveryRefused, match="« Motifs »"):
        open_pages(path)


def test_a_file_without_rows_has_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "fiches.parquet"
    pl.DataFrame({"Lieu": [], "Délai": []}, schema={"Lieu": pl.String, "Délai": pl.Int8}).write_parquet(path)
    assert open_pages(path)[0].cells.rows() == [("Lieu", "Délai")]


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "fiches.parquet"
    pl.DataFrame({"Lieu": ["a"] * 11}).write_parquet(path)
    monkeypatch.setattr(parquet_file, "MOST_CELLS", 10)
    with pytest.raises(DeliveryRefused, match="trop grand"):
        open_pages(path)
