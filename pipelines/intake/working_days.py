"""Delays in working days: Monday to Friday, French public holidays out (the `holidays` library)."""

from __future__ import annotations

from datetime import date
from functools import cache

import duckdb
import holidays
import polars as pl

FIRST_YEAR, LAST_YEAR = 2000, 2060


def create_calendar(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table `calendrier` (jour, rang): [day]; `rang` counts the working days up to and including `jour`.

    The delay from one day to another is the difference of their ranks: 0 on the same day, 1 from Friday to Monday.
    """
    connection.register("jours", _ranked_days().to_arrow())
    connection.execute("CREATE TABLE calendrier AS SELECT jour, rang FROM jours")
    connection.unregister("jours")


@cache
def _ranked_days() -> pl.DataFrame:
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    days = pl.date_range(first, last, eager=True).alias("jour")
    closed = list(holidays.France(years=range(FIRST_YEAR, LAST_YEAR + 1)))
    working = (days.dt.weekday() <= 5) & ~days.is_in(closed)
    return pl.DataFrame({"jour": days, "rang": working.cast(pl.Int64).cum_sum()})


def delay_sql(start: str, end: str) -> str:
    """SQL for the working days from the date `start` to the date `end` (negative if it comes before)."""
    rank = "(SELECT rang FROM calendrier WHERE jour = {})"
    return f"({rank.format(end)} - {rank.format(start)})"
