"""A period closes once it has been over for 45 days, and is final 15 days later."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from grids.thresholds import load_thresholds
from pipelines.periods import closed_periods, final_periods

FIRST, THRESHOLDS = date(2023, 1, 1), load_thresholds()


@pytest.mark.parametrize(
    ("as_of", "months", "quarters", "years"),
    [
        pytest.param(date(2023, 5, 14), 2, 0, 0, id="a day before the first quarter closes"),
        pytest.param(date(2023, 5, 15), 3, 1, 0, id="the day it closes"),
        pytest.param(date(2024, 2, 13), 11, 3, 0, id="a day before the year closes"),
        pytest.param(date(2024, 2, 14), 12, 4, 1, id="the day it closes, 45 days after 31 December"),
        pytest.param(date(2025, 6, 1), 27, 9, 2, id="June 2025"),
        pytest.param(date(2026, 3, 1), 36, 12, 3, id="the sample's own edition"),
        pytest.param(date(2022, 12, 31), 0, 0, 0, id="before the grid"),
    ],
)
def test_closed_periods(as_of: date, months: int, quarters: int, years: int) -> None:
    found = closed_periods(FIRST, as_of, THRESHOLDS)
    assert [each.step for each in found] == ["mois"] * months + ["trimestre"] * quarters + ["annee"] * years
    assert all((each.closes_on - each.end).days == 45 and each.closes_on <= as_of for each in found)
    assert all((each.final_on - each.closes_on).days == 15 for each in found)
    for step in ("mois", "trimestre", "annee"):
        one_kind = [each for each in found if each.step == step]
        assert all((after.start - before.end).days == 1 for before, after in pairwise(one_kind))


def test_the_first_period_is_the_one_in_which_the_grid_comes_into_force() -> None:
    found = closed_periods(date(2023, 5, 20), date(2024, 3, 1), THRESHOLDS)
    firsts = {step: min(each.start for each in found if each.step == step) for step in ("mois", "trimestre", "annee")}
    assert firsts == {"mois": date(2023, 5, 1), "trimestre": date(2023, 4, 1), "annee": date(2023, 1, 1)}


def test_a_period_is_final_once_its_review_is_over() -> None:
    closed = closed_periods(date(2025, 1, 1), date(2026, 2, 28), THRESHOLDS)
    assert closed[-1].step == "annee"
    assert closed[-1] not in final_periods(closed, date(2026, 2, 28))
    assert final_periods(closed, date(2026, 3, 1)) == closed


def test_a_leap_year_has_its_29th_of_february() -> None:
    february = closed_periods(date(2024, 2, 1), date(2024, 6, 1), THRESHOLDS)[0]
    assert (february.end, february.closes_on) == (date(2024, 2, 29), date(2024, 4, 14))
