"""How a figure may leave (methods 1.5 and 7.6): whole percents, bounds outward, bands instead of sizes, no unanimity."""

from __future__ import annotations

import math
from dataclasses import dataclass

SOLID_FROM = 30
"""Below this many, a figure is shown as fragile ("prudence")."""
FINE_FROM = 50
"""Below this many, bounds are rounded outward to 5 points instead of 1."""
WIDEST = 0.40
"""A wider range is shown without its point."""
FEWEST_ANSWERING = 0.5
"""With a smaller share of records holding the item there is no figure."""
FEW = 3
"""An opinion held, or not held, by fewer persons than this is told as a bound."""

_BANDS = ((100, "100+"), (50, "50-99"), (20, "20-49"), (0, "11-19"))
_CLASSES = ((0.90, "90-100"), (0.75, "75-89"), (0.50, "50-74"), (0.0, "0-49"))


@dataclass(frozen=True)
class Shown:
    """A figure as it leaves: whole percents or days; `reason` says why a shown cell has no point."""

    value: int | None
    low: int | None
    high: int | None
    reason: str | None = None


def band(size: int) -> str:
    """The band of solidity of a base."""
    return next(name for floor, name in _BANDS if size >= floor)


def response_class(answered: int, applicable: int) -> str:
    """The class of the share of records that hold the item; `applicable` > 0."""
    return next(name for floor, name in _CLASSES if answered / applicable >= floor)


def state(size: int) -> str:
    """'prudence' for a small size, else 'ok'."""
    return "prudence" if size < SOLID_FROM else "ok"


def too_few_answers(answered: int, applicable: int) -> bool:
    """Whether too few records hold the item for any figure."""
    return answered / applicable < FEWEST_ANSWERING


def share(estimate: float, bounds: tuple[float, float], size: int) -> Shown:
    """A share and its range, in whole percents, bounds rounded outward by the band of `size`."""
    step = 1 if size >= FINE_FROM else 5
    low, high = _floor_to(bounds[0], step), _ceil_to(bounds[1], step)
    if bounds[1] - bounds[0] > WIDEST:
        return Shown(None, low, high, "fourchette_trop_large")
    return Shown(math.floor(100 * estimate + 0.5), low, high)


def unanimity(count: int, size: int) -> Shown | None:
    """An opinion held, or not held, by fewer than 3 persons: a bound instead of a figure; None if it is not one."""
    limit = min(1.0, FEW / size)
    if count < FEW:
        return Shown(None, 0, _ceil_to(limit, 5))
    if size - count < FEW:
        return Shown(None, _floor_to(1 - limit, 5), 100)
    return None


def _floor_to(value: float, step: int) -> int:
    return max(0, math.floor(round(100 * value, 9) / step) * step)


def _ceil_to(value: float, step: int) -> int:
    return min(100, math.ceil(round(100 * value, 9) / step) * step)
