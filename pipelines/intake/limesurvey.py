"""Reading a LimeSurvey export with polars: quoted cells that hold line feeds, a blank last line, unfinished answers."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from grids.errors import DeliveryRefused
from pipelines.intake.office_text import FirstLines, utf8_chunks
from pipelines.intake.recognition import Recognised

SUBMITTED = "submitdate"
"""The heading whose empty cell means that the person did not finish."""


def read_limesurvey(
    connection: duckdb.DuckDBPyConnection, path: Path, lines: FirstLines, recognised: Recognised
) -> None:
    """Fill the table `brut` as `bulk_csv.read_csv` does. [questionnaire started]

    Raises DeliveryRefused if the rows do not hold together.
    """
    kept = {
        position: heading
        for heading in recognised.delivery.kept_headings
        if (position := recognised.position(heading)) is not None
    }
    try:
        sheet = pl.read_csv(
            b"".join(utf8_chunks(path, lines.encoding)),
            separator=lines.separator,
            has_header=False,
            skip_rows=recognised.heading_row,
            columns=sorted(kept),
            infer_schema=False,
        )
    except pl.exceptions.NoDataError:
        sheet = pl.DataFrame({f"column_{position + 1}": [] for position in kept}, schema_overrides=None)
    except pl.exceptions.ComputeError:
        raise DeliveryRefused(
            "Les lignes de cet export LimeSurvey n'ont pas toutes la forme de l'en-tête.",
            place=path.name,
            remedy="Exportez les réponses de nouveau (CSV, codes des questions en en-tête).",
        ) from None
    sheet = sheet.rename(dict(zip(sheet.columns, [kept[position] for position in sorted(kept)], strict=True)))
    numbered = sheet.select(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int64).add(recognised.heading_row).alias("ligne"),
        pl.col(*kept.values()).cast(pl.String).str.strip_chars().replace("", None),
    )
    connection.register("feuille", numbered.to_arrow())
    connection.execute("CREATE TABLE brut AS SELECT * FROM feuille")
    connection.unregister("feuille")
