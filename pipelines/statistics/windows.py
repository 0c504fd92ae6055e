"""The two sides of an action: whole periods that end before it, whole periods that begin once it has had time to act.

The action's date and the time that it needs are fixed before anyone looks (methods 6).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Windows:
    """First days of the periods of each side, in order; a period of neither side is left out."""

    before: tuple[date, ...]
    after: tuple[date, ...]


def windows(periods: Iterable[tuple[date, date]], action: date, washout_months: int) -> Windows:
    """The periods (first day, last day) before and after an action that began on the day `action`.

    Before: those that end earlier. After: those that begin `washout_months` (at least one) months later or more. At least
    one period, that of the action, is in neither. Methods 6.
    """
    settled = _months_later(action, max(1, washout_months))
    ordered = sorted(periods)
    return Windows(
        before=tuple(first for first, last in ordered if last < action),
        after=tuple(first for first, _ in ordered if first >= settled),
    )


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or its last day where the month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
