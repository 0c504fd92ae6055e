"""New references: which of them hold, and where their phase begins."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics.phases import SMALLEST, phases
from tests.statistics.tables import spec_table

MONTHS = [date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]


def sizes(numbers: list[int]) -> list[int]:
    return [len(list(each)) for _, each in groupby(numbers)]


@pytest.mark.parametrize("row", spec_table("nouveau-repere", "phases"), ids=lambda row: row["Cas"])
def test_phases_of_the_page(row: dict[str, str]) -> None:
    rebases = [date.fromisoformat(f"{each}-01") for each in row["Repères posés"].split() if each != "–"]
    found = phases(MONTHS[: int(row["Points"])], rebases)
    assert " ".join(map(str, sizes(found))) == row["Points de chaque phase"]


def test_a_reference_set_within_a_period_holds_from_the_next_one() -> None:
    quarters = [each for each in MONTHS if each.month % 3 == 1]
    assert phases(quarters, [date(2024, 2, 1)]) == [0] + [1] * 11


def test_a_reference_in_a_gap_holds_from_the_next_point() -> None:
    assert phases([*MONTHS[:3], *MONTHS[6:16]], [MONTHS[4]]) == [0] * 3 + [1] * 10


@settings(deadline=None)
@given(st.integers(1, 36), st.lists(st.sampled_from(MONTHS), max_size=5))
def test_phases_count_up_by_one_and_each_new_one_is_long_enough(length: int, rebases: list[date]) -> None:
    found = phases(MONTHS[:length], rebases)
    assert len(found) == length
    assert sorted(set(found)) == list(range(max(found) + 1))
    assert found == sorted(found)
    assert all(each >= SMALLEST for each in sizes(found)[1:])
    assert phases(MONTHS[:length], rebases[::-1]) == found
