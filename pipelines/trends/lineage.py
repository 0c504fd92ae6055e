"""Which measures of earlier versions a line is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

LINEAGE = {"serie": pl.String, "mesure_id": pl.String, "rang": pl.Int32}


def lineages(measures: pl.DataFrame) -> pl.DataFrame:
    """Each measure (serie) beside itself and every measure that it continues (mesure_id), `rang` steps back.

    `measures`: the columns mesure_id, suite_de of reference.mesures. One that continues nothing breaks the line.
    """
    continued = dict(measures.select("mesure_id", "suite_de").iter_rows())
    rows = [
        (measure_id, each, rank) for measure_id in continued for rank, each in enumerate(_back(measure_id, continued))
    ]
    return pl.DataFrame(rows, schema=LINEAGE, orient="row")


def _back(measure_id: str, continued: Mapping[str, str | None]) -> Iterator[str]:
    seen: set[str] = set()
    current: str | None = measure_id
    # A measure never continues itself: a file that says so would make this walk endless.
    while current and current in continued and current not in seen:
        seen.add(current)
        yield current
        current = continued[current]
