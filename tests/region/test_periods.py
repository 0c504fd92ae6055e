"""A period is published once it has been over for 45 days."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from pipelines.periods import closed_periods

FIRST = date(2023, 1, 1)


@pytest.mark.parametrize(
    ("as_of", "quarters", "years"),
    [
        pytest.param(date(2023, 5, 14), 0, 0, id="a day before the first quarter closes"),
        pytest.param(date(2023, 5, 15), 1, 0, id="the day it closes"),
        pytest.param(date(2024, 2, 13), 3, 0, id="a day before the year closes"),
        pytest.param(date(2024, 2, 14), 4, 1, id="the day it closes, 45 days after 31 December"),
        pytest.param(date(2025, 6, 1), 9, 2, id="June 2025"),
        pytest.param(date(2026, 3, 1), 12, 3, id="the sample's own edition"),
        pytest.param(date(2022, 12, 31), 0, 0, id="before the grid"),
    ],
)
def test_closed_periods(as_of: date, quarters: int, years: int) -> None:
    found = closed_periods(FIRST, as_of, 45)
    assert [each.step for each in found] == ["trimestre"] * quarters + ["annee"] * years
    assert all((each.closes_on - each.end).days == 45 and each.closes_on <= as_of for each in found)
    for step in ("trimestre", "annee"):
        one_kind = [each for each in found if each.step == step]
        assert all((after.start - before.end).days == 1 for before, after in pairwise(one_kind))


def test_the_first_period_is_the_one_in_which_the_grid_comes_into_force() -> None:
    found = closed_periods(date(2023, 5, 20), date(2024, 3, 1), 45)
    assert [(each.step, each.start) for each in found][:1] == [("trimestre", date(2023, 4, 1))]
    assert found[-1].start == date(2023, 1, 1)


def test_a_leap_year_has_its_29th_of_february() -> None:
    assert closed_periods(date(2024, 1, 1), date(2024, 6, 1), 45)[0].end == date(2024, 3, 31)
    assert closed_periods(date(2024, 1, 1), date(2024, 6, 1), 45)[0].closes_on == date(2024, 5, 15)
