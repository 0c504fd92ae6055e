"""Reading a questionnaire tool's export with polars: quoted cells that hold line feeds, a blank last line."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from grids.errors import DeliveryRefused
from pipelines.intake.office_text import FirstLines, utf8_chunks
from pipelines.intake.recognition import Recognised
from pipelines.intake.sources import kept_positions


def survey_cells(path: Path, lines: FirstLines, recognised: Recognised) -> pl.DataFrame:
    """The cells under the heading, as text, a column `c<position>` for each position of the export that is kept.

    [questionnaire started]. Raises DeliveryRefused if the rows do not hold together.
    """
    width = len(recognised.headings)
    body = b"".join(utf8_chunks(path, lines.encoding, recognised.heading_line))
    if not body.strip():
        return pl.DataFrame(schema={f"c{position}": pl.String for position, _ in _kept(recognised)})
    try:
        read = pl.read_csv(
            body,
            separator=lines.separator,
            has_header=False,
            schema={f"c{position}": pl.String for position in range(width)},
            truncate_ragged_lines=False,
        )
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError, pl.exceptions.ColumnNotFoundError):
        raise DeliveryRefused(
            "Les lignes de cet export d'enquête n'ont pas toutes la forme de l'en-tête.",
            place=path.name,
            remedy="Exportez les réponses de nouveau (CSV, codes des questions en en-tête).",
        ) from None
    return read.select(f"c{position}" for position, _ in _kept(recognised))


def _kept(recognised: Recognised) -> list[tuple[int, str]]:
    return sorted((position, heading) for heading, position in kept_positions(recognised))
