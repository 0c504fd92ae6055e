"""What a chart says after, with the limits of before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.frozen_limits import direction_after
from tests.statistics.tables import spec_table

BEFORE = [60.0, 62.0, 58.0] * 4
DIRECTIONS = {"aucun": 0, "hausse": 1, "baisse": -1}
series = st.lists(st.none() | st.integers(0, 100).map(float), min_size=1, max_size=20)


@pytest.mark.parametrize("row", spec_table("avant-apres", "signaux"), ids=lambda row: row["après"])
def test_signals(row: dict[str, str]) -> None:
    after = [None if each == "-" else float(each) for each in row["après"].split()]
    assert direction_after(BEFORE, after) == DIRECTIONS[row["signal"]]


def test_a_trend_speaks_for_its_slope() -> None:
    before = [50.0, 70.0] * 6
    assert direction_after(before, [52, 53, 54, 55, 56, 57, 58]) == 1
    assert direction_after(before, [68, 67, 66, 65, 64, 63, 62]) == -1


def test_limits_are_those_of_before_alone() -> None:
    assert direction_after(BEFORE, [70.0] * 6) == 1
    assert direction_after(BEFORE, [70.0, 40.0, 80.0, 70.0, 45.0, 75.0]) == 1
    assert direction_after([*BEFORE, *[40.0, 80.0] * 3], [70.0] * 6) == 0


def test_no_rule_counts_points_of_both_sides() -> None:
    before = [*[59.0, 61.0] * 3, 62.0, 62.0, 62.0, 62.0]
    assert direction_after(before, [61.5, 61.5, 61.5]) == 0


@given(series.filter(lambda values: any(value is not None for value in values)), series)
def test_what_is_turned_upside_down_speaks_for_the_other_side(
    before: list[float | None], after: list[float | None]
) -> None:
    upside_down = [[None if each is None else 100 - each for each in side] for side in (before, after)]
    assert direction_after(*upside_down) == -direction_after(before, after)
