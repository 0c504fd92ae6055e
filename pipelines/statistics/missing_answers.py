"""How many answers a question would need, and about how many are missing: told from a band, never from a size."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pipelines.statistics.differences import newcombe
from pipelines.statistics.proportions import wilson

_ROUNDED_TO = 10


def missing_answers(band_low: int, needed: int) -> int | None:
    """About how many answers are missing to reach `needed`, up to the next ten; None if none is.

    Counted from `band_low`, the lower bound of the band of the base: the exact size does not show through (methods 10).
    """
    missing = needed - band_low
    return -(-missing // _ROUNDED_TO) * _ROUNDED_TO if missing > 0 else None


@cache
def needed_for_width(share: float, widest: float) -> int:
    """The fewest answers from which the Wilson range of `share`, in [0, 1], is at most `widest` wide, in (0, 1].

    Raises ValueError outside.
    """
    if not (0 <= share <= 1 and 0 < widest <= 1):
        raise ValueError("A share lies in [0, 1], the width of its range in (0, 1].")

    def narrow(size: int) -> bool:
        low, high = wilson(share * size, size)
        return bool(high - low <= widest)

    return _fewest(narrow)


@cache
def needed_for_difference(before: float, after: float) -> int | None:
    """The fewest answers on each side from which Newcombe's range of the difference of two shares excludes 0.

    Both shares, in [0, 1], are taken to stay as they were seen. None if they are equal: no number would do. Raises
    ValueError outside.
    """
    if not (0 <= before <= 1 and 0 <= after <= 1):
        raise ValueError("A share lies in [0, 1].")
    if before == after:
        return None
    least, most = sorted((before, after))

    def told_apart(size: int) -> bool:
        low, _ = newcombe(most * size, size, least * size, size)
        return bool(low > 0)

    return _fewest(told_apart)


def _fewest(enough: Callable[[int], bool]) -> int:
    """The smallest number (≥ 1) that is enough, when all larger ones are: doubled until it is, then halved in between."""
    most = 1
    while not enough(most):
        most *= 2
    least = most // 2  # the last that was not enough, or 0
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (least, middle) if enough(middle) else (middle, most)
    return most
