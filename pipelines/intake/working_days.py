"""Delays in working days: Monday to Friday, French public holidays out (the `holidays` library)."""

from __future__ import annotations

from datetime import date
from functools import cache

import duckdb
import holidays
import polars as pl
import pyarrow as pa

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2060, 12, 31)


def set_calendar(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table `calendrier`, of one list: for each day from FIRST_DAY on, the working days up to and including it.

    The delay from one day to another is the difference of their ranks: 0 on the same day, 1 from Friday to Monday. A table,
    since a constant of that length would be copied each time that a plan holds it.
    """
    connection.register("jours", _ranks())
    connection.execute("CREATE OR REPLACE TABLE calendrier AS SELECT list(rang) AS rangs FROM jours")
    connection.unregister("jours")


def delay_sql(start: str, end: str) -> str:
    """SQL for the working days from the date `start` to the date `end`: negative if it comes before, NULL out of calendar."""
    return f"({_rank(end)} - {_rank(start)})"


def _rank(day: str) -> str:
    position = f"(date_diff('day', DATE '{FIRST_DAY}', {day}) + 1)"
    return f"CASE WHEN {position} > 0 THEN list_extract((SELECT rangs FROM calendrier), {position}) END"


@cache
def _ranks() -> pa.Table:
    days = pl.date_range(FIRST_DAY, LAST_DAY, eager=True)
    closed = list(holidays.France(years=range(FIRST_DAY.year, LAST_DAY.year + 1)))
    working = (days.dt.weekday() <= 5) & ~days.is_in(closed)
    return working.cast(pl.Int64).cum_sum().alias("rang").to_frame().to_arrow()
