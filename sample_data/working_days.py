"""Working days: Monday to Friday without the French public holidays."""

from __future__ import annotations

import holidays
import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]

# The year before the first month too: a request may be made some weeks before the reception.
_HOLIDAYS = np.array(sorted(holidays.country_holidays("FR", years=range(2022, 2027))), dtype="datetime64[D]")


def working_days_of(month: np.datetime64) -> Days:
    """The working days of a calendar month."""
    first, after = month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]")
    days = np.arange(first, after, dtype="datetime64[D]")
    return days[np.is_busday(days, holidays=_HOLIDAYS)]


def working_days_before(days: Days, count: NDArray[np.int64]) -> Days:
    """The day that stands `count` working days before each of `days`."""
    return np.asarray(np.busday_offset(days, -count, roll="backward", holidays=_HOLIDAYS))
