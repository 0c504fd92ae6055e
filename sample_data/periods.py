"""Cutting a network's records into the periods of its deliveries, and how each period is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import polars as pl

from sample_data.definitions import region

_MONTHS = {"1mo": 1, "1q": 3, "6mo": 6, "1y": 12}


def years() -> range:
    """The calendar years of the region."""
    first = int(region()["first_month"][:4])
    return range(first, first + region()["months"] // 12)


def periods(frame: pl.DataFrame, day: str, step: str) -> Iterator[tuple[datetime, pl.DataFrame]]:
    """The rows of each period (1mo, 1q, 6mo, 1y) of the column `day`, with its first day, in order of appearance."""
    starts = frame.with_columns(pl.col(day).cast(pl.Datetime("us")).dt.truncate(step).alias("debut_periode"))
    for (start,), part in starts.group_by("debut_periode", maintain_order=True):
        assert isinstance(start, datetime)
        yield start.replace(tzinfo=UTC), part.drop("debut_periode")


def end_of(start: datetime, step: str) -> datetime:
    """The last day of the period that begins at `start`."""
    years_on, month = divmod(start.month - 1 + _MONTHS[step], 12)
    return start.replace(year=start.year + years_on, month=month + 1) - timedelta(days=1)


def label(start: datetime, step: str) -> str:
    """A period in a file's name: 2024-03, 2024-T1, 2024-S1 or 2024."""
    part = {
        "1mo": f"-{start.month:02d}",
        "1q": f"-T{(start.month + 2) // 3}",
        "6mo": f"-S{(start.month + 5) // 6}",
        "1y": "",
    }
    return f"{start.year}{part[step]}"


def spoken(start: datetime) -> str:
    """A quarter as French says it."""
    quarter = (start.month + 2) // 3
    return f"{quarter}{'er' if quarter == 1 else 'e'} trimestre {start.year}"
