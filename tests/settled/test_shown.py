"""The counts of shown cells: filed by edition, read again whole, never replaced by those of another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from grids.errors import ReleaseError
from pipelines.settled.shown import adopt_shown, keep_shown, shown_counts, tidy_shown, whole_cells


def counts(size: int) -> pl.DataFrame:
    """One structure's month, and the same month by channel."""
    return pl.DataFrame(
        {
            "mesure_id": ["A.part@1"] * 2,
            "niveau": "structure",
            "unite_id": "S-1",
            "pas": "mois",
            "debut": date(2025, 1, 1),
            "ventilation": ["", "canal"],
            "modalite": ["", "telephone"],
            "groupe": "",
            "categorie": "",
            "y": [size // 2, 3],
            "n": [size, 7],
            "provenance": pl.Series(["mesure", "mesure"], dtype=pl.Enum(["mesure", "proche"])),
            "structures_attendues": 1,
            "moyenne_visible": False,
        }
    )


def test_what_is_filed_is_read_again_without_breakdowns(tmp_path: Path) -> None:
    keep_shown(counts(40), tmp_path / "shown", "2026-01")
    [found] = shown_counts(tmp_path / "shown", {"2026-01"})
    assert_frame_equal(found, whole_cells(counts(40)))
    assert found["n"].to_list() == [40]


def test_each_edition_files_its_own(tmp_path: Path) -> None:
    for edition, size in (("2026-02", 20), ("2026-01", 40)):
        keep_shown(counts(size), tmp_path, edition)
    assert [each["n"].to_list() for each in shown_counts(tmp_path, ["2026-02", "2026-01"])] == [[40], [20]]


def test_what_is_filed_is_its_owners_alone(tmp_path: Path) -> None:
    keep_shown(counts(40), tmp_path / "shown", "2026-01")
    [path] = (tmp_path / "shown").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "shown").stat().st_mode & 0o077 == 0


def test_a_missing_file_stops_the_build(tmp_path: Path) -> None:
    keep_shown(counts(40), tmp_path, "2026-01")
    with pytest.raises(ReleaseError, match="manquent"):
        shown_counts(tmp_path, {"2026-01", "2026-02"})


def test_a_candidate_gives_its_counts_to_the_edition_that_it_becomes(tmp_path: Path) -> None:
    keep_shown(counts(40), tmp_path, "2026-01-candidate")
    adopt_shown(tmp_path, "2026-01-candidate", "2026-01")
    tidy_shown(tmp_path, {"2026-01"})
    assert [path.name for path in tmp_path.iterdir()] == ["2026-01.parquet"]
    [found] = shown_counts(tmp_path, {"2026-01"})
    assert found["n"].to_list() == [40]
