"""What makes figures one line: the headline that stands for a measure, and the measures that continue one another."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

FAVOURABLE, MEDIAN = "favorable", "p50"


def headline_category() -> pl.Expr:
    """The category that stands for a measure, from its kind (genre); a distribution without a good side has no such row."""
    return pl.col("genre").replace_strict({"repartition": FAVOURABLE, "quantiles": MEDIAN}, default="")


def lineages(measures: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Each measure → itself, then the measures that it continues as one series (suite_de), the nearest first.

    `measures`: mesure_id, suite_de of reference.mesures. Versions that would turn in a circle stop where they meet again.
    """
    continued = dict(measures.select("mesure_id", "suite_de").iter_rows())
    return {measure: _back(measure, continued) for measure in continued}


def _back(measure: str, continued: Mapping[str, str | None]) -> tuple[str, ...]:
    found = [measure]
    while (before := continued.get(found[-1])) in continued and before not in found:
        found.append(str(before))
    return tuple(found)
