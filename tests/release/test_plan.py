"""Which periods an edition is the first to show, on each day: final ones are published, closed ones read again, none twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grids.thresholds import load_thresholds
from pipelines.periods import closed_periods
from pipelines.release.plan import Plan, plan, written

FIRST, THRESHOLDS = date(2025, 1, 1), load_thresholds()
QUARTER = {"2025-01", "2025-02", "2025-03", "2025-T1"}
YEAR = {*(f"2025-{month:02}" for month in range(1, 13)), *(f"2025-T{quarter}" for quarter in range(1, 5)), "2025"}


def planned(as_of: date, published: set[str]) -> Plan:
    periods = closed_periods(FIRST, as_of, THRESHOLDS)
    return plan(periods, {each.key for each in periods if written(*each.key) in published}, as_of)


def names(periods) -> set[str]:
    return {written(*each.key) for each in periods}


SPECIFICATION = [
    # as of, published before → new, pending, settled, closed years
    pytest.param(date(2025, 3, 16), set(), set(), set(), set(), set(), id="January is over, not closed"),
    pytest.param(date(2025, 3, 17), set(), set(), {"2025-01"}, set(), set(), id="closed the 45th day"),
    pytest.param(date(2025, 3, 31), set(), set(), {"2025-01"}, set(), set(), id="still read again"),
    pytest.param(date(2025, 4, 1), set(), {"2025-01"}, set(), set(), set(), id="final 15 days later"),
    pytest.param(date(2025, 4, 1), {"2025-01"}, set(), set(), {"2025-01"}, set(), id="never twice"),
    pytest.param(
        date(2025, 4, 14), {"2025-01"}, set(), {"2025-02"}, {"2025-01"}, set(), id="one shown, the next read again"
    ),
    pytest.param(date(2025, 6, 1), set(), QUARTER, set(), set(), set(), id="a backlog at once"),
    pytest.param(
        date(2025, 5, 20), {"2025-01", "2025-02"}, set(), {"2025-03", "2025-T1"}, {"2025-01", "2025-02"}, set(),
        id="a quarter with its last month",
    ),
    pytest.param(date(2025, 5, 31), {"2025-T1"}, set(), set(), {"2025-T1"}, set(), id="no month within a quarter shown"),
    pytest.param(
        date(2025, 5, 20), QUARTER, set(), set(), QUARTER, set(), id="published before its time: it is final all the same"
    ),
    pytest.param(date(2026, 3, 1), YEAR, set(), set(), set(), {2025}, id="a year published is never counted again"),
    pytest.param(date(2026, 3, 1), {"2025"}, set(), set(), set(), {2025}, id="nor are its months"),
    pytest.param(date(2026, 4, 1), YEAR, {"2026-01"}, set(), set(), {2025}, id="the next year goes on"),
]  # fmt: skip


@pytest.mark.parametrize(("as_of", "published", "new", "pending", "settled", "closed_years"), SPECIFICATION)
def test_each_period_has_its_day(as_of, published, new, pending, settled, closed_years) -> None:
    found = planned(as_of, published)
    assert (names(found.new), names(found.pending), names(found.settled)) == (new, pending, settled)
    assert found.closed_years == closed_years


@pytest.mark.parametrize(
    ("as_of", "published", "open_years"),
    [
        (date(2025, 6, 1), set(), {2025}),
        (date(2026, 3, 1), set(), set()),
        (date(2026, 4, 1), set(), {2026}),
        (date(2026, 4, 1), YEAR, {2026}),
    ],
)
def test_a_ledger_is_kept_of_years_that_no_edition_shows_whole(as_of, published, open_years) -> None:
    assert planned(as_of, published).years_left_open == open_years


def test_a_candidate_shows_first_what_is_pending_and_counts_what_is_published() -> None:
    found = planned(date(2025, 5, 20), {"2025-01", "2025-02"}).of_candidate()
    assert names(found.new) == {"2025-03", "2025-T1"}
    assert names(found.counted) == QUARTER
    assert not found.pending


@given(st.lists(st.integers(1, 90), min_size=1, max_size=30))
def test_whatever_the_days_of_the_builds_every_period_is_shown_once_and_all_but_late_ones_are(waits: list[int]) -> None:
    published: list[str] = []
    day = FIRST
    for wait in waits:
        day += timedelta(days=wait)
        found = planned(day, set(published))
        assert all(each.final_on <= day for each in found.new)
        assert all(each.closes_on <= day < each.final_on for each in found.pending)
        published += sorted(names(found.new))
    assert len(published) == len(set(published))
    every = closed_periods(FIRST, day, THRESHOLDS)
    assert set(published) == names(each for each in every if each.final_on <= day)
