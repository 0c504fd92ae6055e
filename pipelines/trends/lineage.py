"""Which measures of earlier versions a line is made of, as a frame to join with."""

from __future__ import annotations

import polars as pl

from pipelines.lines import lineages

LINEAGE = {"serie": pl.String, "mesure_id": pl.String, "rang": pl.Int32}


def members_of_lines(measures: pl.DataFrame) -> pl.DataFrame:
    """Each measure (serie) beside itself and every measure that it continues (mesure_id), `rang` steps back: LINEAGE.

    `measures`: the columns mesure_id, suite_de of reference.mesures. One that continues nothing breaks the line.
    """
    rows = [(line, each, rank) for line, members in lineages(measures).items() for rank, each in enumerate(members)]
    return pl.DataFrame(rows, schema=LINEAGE, orient="row")
