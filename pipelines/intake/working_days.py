"""Delays in working days: Monday to Friday, French public holidays out (the `holidays` library)."""

from __future__ import annotations

from datetime import date
from functools import cache

import duckdb
import holidays
import polars as pl

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2060, 12, 31)


def set_calendar(connection: duckdb.DuckDBPyConnection) -> None:
    """Set the variable `rangs` of the connection: for each day from FIRST_DAY on, the working days up to and including it.

    The delay from one day to another is the difference of their ranks: 0 on the same day, 1 from Friday to Monday.
    """
    connection.execute("SET VARIABLE rangs = $ranks", {"ranks": _ranks()})


def delay_sql(start: str, end: str) -> str:
    """SQL for the working days from the date `start` to the date `end`: negative if it comes before, NULL out of calendar."""
    return f"({_rank(end)} - {_rank(start)})"


def _rank(day: str) -> str:
    position = f"(date_diff('day', DATE '{FIRST_DAY}', {day}) + 1)"
    return f"CASE WHEN {position} > 0 THEN list_extract(getvariable('rangs'), {position}) END"


@cache
def _ranks() -> list[int]:
    days = pl.date_range(FIRST_DAY, LAST_DAY, eager=True)
    closed = list(holidays.France(years=range(FIRST_DAY.year, LAST_DAY.year + 1)))
    working = (days.dt.weekday() <= 5) & ~days.is_in(closed)
    return working.cast(pl.Int64).cum_sum().to_list()
