"""The closed periods of whole years, on a day when all of them are final and none of the next year is closed."""

from __future__ import annotations

from datetime import date

import polars as pl

from grids.model import Step
from grids.thresholds import load_thresholds
from pipelines.periods import Period, closed_periods

FIRST_YEAR = 2023
MONTHS: dict[Step, int] = {"mois": 1, "trimestre": 3, "annee": 12}


def day_of_edition(years: int) -> date:
    """When the last of `years` years is published."""
    return date(FIRST_YEAR + years, 3, 5)


def periods_of(years: int) -> list[Period]:
    """Every month, quarter and year of `years` years."""
    return closed_periods(date(FIRST_YEAR, 1, 1), day_of_edition(years), load_thresholds())


def periods_frame(years: int) -> pl.DataFrame:
    """`periodes`: pas, debut, fin, close_le, nouvelle; all of them new."""
    rows = [(each.step, each.start, each.end, each.closes_on, True) for each in periods_of(years)]
    return pl.DataFrame(rows, schema=["pas", "debut", "fin", "close_le", "nouvelle"], orient="row")
