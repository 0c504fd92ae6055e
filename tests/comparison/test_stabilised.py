"""The stabilised value as it leaves."""

from __future__ import annotations

import polars as pl
import pytest

from tests.comparison.by_hand import TEN, compared, counts_of, measures_of

COLUMNS = ["stabilisee", "stabilisee_basse", "stabilisee_haute"]


def stabilised(counted: dict[str, tuple[int, int]], opinion: bool = False) -> dict[str, tuple[int, ...]]:
    found = compared(counts_of(counted), measures_of(opinion=opinion)).comparaisons
    return {row[0]: row[1:] for row in found.select("structure_id", *COLUMNS).iter_rows()}


def test_values_of_the_page_leave_as_whole_percents() -> None:
    found = stabilised(TEN)
    assert [found[name][0] for name in ("S01", "S05", "S09")] == [69, 84, 62]


def test_bounds_are_outward_and_coarser_below_50_records() -> None:
    found = stabilised(TEN)
    assert all(
        low % 5 == 0 and high % 5 == 0 for low, high in (found[name][1:] for name in ("S03", "S06", "S07", "S09"))
    )
    assert found["S01"][1:] == (57, 80)
    assert found["S09"][1:] == (45, 80)


def test_where_nothing_separates_structures_each_has_the_common_rate_and_its_range() -> None:
    found = stabilised({f"S{rank:02}": (70, 100) for rank in range(9)} | {"S09": (30, 45)})
    assert {found[name] for name in found if name != "S09"} == {(70, 66, 73)}
    assert found["S09"] == (70, 65, 75)


def test_a_stabilised_opinion_is_never_everybodys() -> None:
    found = stabilised({f"S{rank:02}": (997, 1000) for rank in range(8)} | {"S09": (12, 15)}, opinion=True)
    assert max(max(each) for each in found.values()) == 99


@pytest.mark.parametrize("column", COLUMNS)
def test_none_is_missing(column: str) -> None:
    assert compared(counts_of(TEN)).comparaisons[column].dtype == pl.Int32
    assert compared(counts_of(TEN)).comparaisons[column].null_count() == 0
