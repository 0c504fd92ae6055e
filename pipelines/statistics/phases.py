"""Phases of a series: where a person set a new reference, from a dated change on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

SMALLEST = 8
"""Points that a new phase needs: with fewer, its limits would be those of chance."""

SETTLED = 13
"""Points from which the limits of a phase are no longer provisional."""


def phases(dates: Sequence[date], rebases: Sequence[date]) -> list[int]:
    """The phase of each point: 0, then one more from the first point at or after each rebase that holds.

    `dates`: of the points, in order. A rebase waits, as if it were not there, until eight points follow it before the next
    one that holds; one before the first point changes nothing. Methods 5.5.
    """
    starts = _starts(dates, rebases)
    return [bisect_right(starts, rank) for rank in range(len(dates))]


def _starts(dates: Sequence[date], rebases: Sequence[date]) -> list[int]:
    """The place of the first point of each phase but the first, in order."""
    kept: list[int] = []
    end = len(dates)
    for rebase in sorted(set(rebases), reverse=True):
        start = bisect_left(dates, rebase)
        if start and end - start >= SMALLEST:
            kept.append(start)
            end = start
    return kept[::-1]
