"""Delays in working days, against a loop that anyone can check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.staging import UNREADABLE

Staged = Callable[..., list[tuple[Any, ...]]]
EASTER_SUNDAYS = {
    2023: date(2023, 4, 9), 2024: date(2024, 3, 31), 2025: date(2025, 4, 20), 2026: date(2026, 4, 5), 2027: date(2027, 3, 28),
}  # fmt: skip
FIXED = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
AFTER_EASTER = [1, 39, 50]


def _working(day: date) -> bool:
    easter = EASTER_SUNDAYS[day.year]
    moving = {easter + timedelta(days=each) for each in AFTER_EASTER}
    return day.weekday() < 5 and (day.month, day.day) not in FIXED and day not in moving


def _naive(start: date, end: date) -> int:
    return sum(_working(start + timedelta(days=each)) for each in range(1, (end - start).days + 1))


def _delays(staged: Staged, pairs: list[tuple[str, str]]) -> list[str | None]:
    rows = "".join(f"FICTIF-{i};02/05/2025;{start};{end}\r\n" for i, (start, end) in enumerate(pairs))
    return [each for (each,) in staged(f"Numéro;Reçu le;Demandé le;Proposé le\r\n{rows}", "attente_jours_ouvres")]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("03/02/2025", "03/02/2025", "0", id="the same day"),
        pytest.param("07/02/2025", "10/02/2025", "1", id="from Friday to Monday"),
        pytest.param("08/02/2025", "09/02/2025", "0", id="Saturday to Sunday"),
        pytest.param("30/04/2025", "02/05/2025", "1", id="over the 1st of May 2025"),
        pytest.param("18/04/2025", "22/04/2025", "1", id="over Easter Monday 2025 (Good Friday is worked)"),
        pytest.param("28/05/2025", "30/05/2025", "1", id="over Ascension 2025"),
        pytest.param("06/06/2025", "10/06/2025", "1", id="over Whit Monday 2025"),
        pytest.param("24/12/2024", "26/12/2024", "1", id="over Christmas (the 26th is worked)"),
        pytest.param("31/12/2024", "02/01/2025", "1", id="over New Year"),
        pytest.param("10/02/2025", "07/02/2025", "-1", id="backwards: validation's to refuse"),
        pytest.param("", "07/02/2025", None, id="no request recorded"),
        pytest.param("07/02/2025", "", None, id="no slot recorded"),
        pytest.param("31/02/2025", "07/03/2025", UNREADABLE, id="an impossible day"),
        pytest.param("07/02/1999", "07/02/2025", UNREADABLE, id="before the calendar begins"),
    ],
)
def test_a_delay(staged: Staged, start: str, end: str, expected: str | None) -> None:
    assert _delays(staged, [(start, end)]) == [expected]


_DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(starts=st.lists(_DAYS, min_size=20, max_size=60), after=st.integers(0, 200))
def test_a_delay_is_what_a_loop_over_the_days_counts(staged: Staged, starts: list[date], after: int) -> None:
    pairs = [(start, min(start + timedelta(days=after), date(2027, 12, 31))) for start in starts]
    written = [(f"{start:%d/%m/%Y}", f"{end:%d/%m/%Y}") for start, end in pairs]
    assert _delays(staged, written) == [str(_naive(start, end)) for start, end in pairs]
