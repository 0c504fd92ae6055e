"""Whole periods before, whole periods after, and at least one of neither side."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.windows import windows
from tests.statistics.tables import spec_table

MONTHS = {"mois": 1, "trimestre": 3}


def periods_of(step: str, year: int = 2025) -> list[tuple[date, date]]:
    firsts = [date(year, month, 1) for month in range(1, 13, MONTHS[step])] + [date(year + 1, 1, 1)]
    return [(first, following - timedelta(1)) for first, following in pairwise(firsts)]


@pytest.mark.parametrize("row", spec_table("avant-apres", "cotes"), ids=lambda row: " ".join(row.values()))
def test_sides_of_an_action(row: dict[str, str]) -> None:
    action = date.fromisoformat(row["début de l'action"])
    found = windows(periods_of(row["pas"]), action, int(row["temps pour agir (mois)"]))
    assert found.before[-1] == date.fromisoformat(row["dernière période avant"])
    assert found.after[0] == date.fromisoformat(row["première période après"])


@given(
    step=st.sampled_from(list(MONTHS)),
    action=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    washout=st.integers(0, 12),
    random=st.randoms(),
)
def test_sides_never_touch_and_do_not_hang_on_the_order_of_periods(
    step: str, action: date, washout: int, random: object
) -> None:
    periods = periods_of(step)
    found = windows(periods, action, washout)
    left_out = {first for first, _ in periods} - {*found.before, *found.after}
    assert next(first for first, last in periods if first <= action <= last) in left_out
    assert list(found.before) == sorted(found.before)
    assert all(first < action for first in found.before)
    assert all(first > action for first in found.after)
    random.shuffle(periods)  # type: ignore[attr-defined]
    assert windows(periods, action, washout) == found


def test_a_month_that_is_shorter_ends_earlier() -> None:
    assert windows(periods_of("mois"), date(2025, 1, 31), 1).after[0] == date(2025, 3, 1)
    assert windows([(date(2028, 3, 1), date(2028, 3, 31))], date(2028, 1, 31), 1).after == (date(2028, 3, 1),)
