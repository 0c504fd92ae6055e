"""Calendar periods, and when they are published: they close a number of days after their end, and are final after a review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from grids.model import Step
from grids.thresholds import Thresholds

_MONTHS: dict[Step, int] = {"mois": 1, "trimestre": 3, "annee": 12}


@dataclass(frozen=True)
class Period:
    """A fixed calendar period: its first and last day, the day on which it closes, and that from which it is final.

    Between the two, networks read its figures again and correct their deliveries.
    """

    step: Step
    start: date
    end: date
    closes_on: date
    final_on: date

    @property
    def key(self) -> tuple[Step, date]:
        """Its step and first day, by which stores know it."""
        return self.step, self.start


def closed_periods(first: date, as_of: date, thresholds: Thresholds) -> list[Period]:
    """Every month, quarter and year that begins on or after `first`'s own and is closed on `as_of`, oldest first, by step."""
    return [period for step in _MONTHS for period in _closed(step, first, as_of, thresholds)]


def final_periods(periods: Sequence[Period], as_of: date) -> list[Period]:
    """Those of `periods` whose review is over on `as_of`."""
    return [period for period in periods if period.final_on <= as_of]


def _closed(step: Step, first: date, as_of: date, thresholds: Thresholds) -> list[Period]:
    months = _MONTHS[step]
    start = date(first.year, (first.month - 1) // months * months + 1, 1)
    found: list[Period] = []
    while (period := _period(step, start, thresholds)).closes_on <= as_of:
        found.append(period)
        start = period.end + timedelta(days=1)
    return found


def _period(step: Step, start: date, thresholds: Thresholds) -> Period:
    after = start.month - 1 + _MONTHS[step]
    end = date(start.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
    closes_on = end + timedelta(days=thresholds.closing_days.value)
    return Period(step, start, end, closes_on, closes_on + timedelta(days=thresholds.review_days.value))
