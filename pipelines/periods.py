"""Calendar periods, and when they close: a period is published once, a number of days after its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Step = Literal["trimestre", "annee"]
_MONTHS: dict[Step, int] = {"trimestre": 3, "annee": 12}


@dataclass(frozen=True)
class Period:
    """A fixed calendar period: its first and last day, and the day on which it closes."""

    step: Step
    start: date
    end: date
    closes_on: date


def closed_periods(first: date, as_of: date, closing_days: int) -> list[Period]:
    """Every quarter and year that begins on or after `first`'s own and is closed on `as_of`, oldest first, by step."""
    return [period for step in _MONTHS for period in _closed(step, first, as_of, closing_days)]


def _closed(step: Step, first: date, as_of: date, closing_days: int) -> list[Period]:
    months = _MONTHS[step]
    start = date(first.year, (first.month - 1) // months * months + 1, 1)
    found: list[Period] = []
    while (period := _period(step, start, closing_days)).closes_on <= as_of:
        found.append(period)
        start = period.end + timedelta(days=1)
    return found


def _period(step: Step, start: date, closing_days: int) -> Period:
    after = start.month - 1 + _MONTHS[step]
    end = date(start.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return Period(step, start, end, end + timedelta(days=closing_days))
