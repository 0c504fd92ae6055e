"""One structure that acted beside others that did not: is its change more marked than theirs? (methods 6.4).

The rank of its change among those that chance, or the year, gave to the others: Abadie, Diamond & Hainmueller, Journal of
the American Statistical Association 2010;105:493.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from pipelines.statistics.proportions import LEVEL

FEWEST_CONTROLS = 20
"""Among fewer, no rank can be as rare as one in twenty."""
MARKED = 0.05
_SAME = 1e-9
"""Changes that differ by less are equal."""
Values = Sequence[float | None]


def change(before: Values, after: Values) -> float:
    """Mean of `after` minus mean of `before`, periods without a value left out; each side has at least one."""
    return _mean(after) - _mean(before)


def difference_of_changes(treated: tuple[Values, Values], control: tuple[Values, Values]) -> float:
    """The change of one (before, after) minus the change of the other: difference in differences of two lines."""
    return change(*treated) - change(*control)


def placebo_rank(treated: float, controls: Sequence[float]) -> float | None:
    """(1 + how many controls changed as much or more, either way) / (1 + how many there are); None below 20 controls."""
    if len(controls) < FEWEST_CONTROLS:
        return None
    as_much = sum(abs(each) >= abs(treated) - _SAME for each in controls)
    return (1 + as_much) / (1 + len(controls))


def slopes_diverge(treated: Values, controls: Sequence[Values]) -> bool:
    """Whether the line was already leaving the others before the action; periods in step, None where there is no value.

    The slope of the gap between the line and the mean of the controls, each set at its own level, is the difference of their
    slopes; they diverge if its range at 95 % (least squares, Student's t) excludes 0. Fewer than 3 periods in common cannot
    be checked, and are taken to diverge.
    """
    gaps = _array(treated) - _common_line(controls)
    seen = ~np.isnan(gaps)
    if seen.sum() < 3:
        return True
    line = stats.linregress(np.flatnonzero(seen), gaps[seen])
    half = stats.t.ppf((1 + LEVEL) / 2, seen.sum() - 2) * line.stderr
    return bool(round(abs(line.slope), 9) > round(half, 9))


def _common_line(controls: Sequence[Values]) -> NDArray[np.float64]:
    """The mean of the controls in each period, each less its own mean; nan where none has a value."""
    lines = np.ma.masked_invalid([_array(each) for each in controls])
    return (lines - lines.mean(axis=1, keepdims=True)).mean(axis=0).filled(np.nan)


def _mean(values: Values) -> float:
    return float(np.mean([value for value in values if value is not None]))


def _array(values: Values) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=float)
