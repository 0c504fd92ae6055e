"""The rows of quality.valeurs that sentences read, as cells by line: they tell the last period, and few others bear on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import polars as pl

from pipelines.rounding import SHOWN
from pipelines.sentences.figures import MEAN, Cells, Figures, LineKey, lineage, telling
from pipelines.sentences.situation import STRUCTURE, Cell, Measure

_LINE = LineKey._fields
_CELL = tuple(Cell.__dataclass_fields__)


def read_figures(values: pl.DataFrame, measures: Mapping[str, Measure]) -> Figures:
    """From the columns of quality.valeurs, the rows that bear on a sentence: a line has many periods, of which few do.

    Cells that say the same are one object: most are hidden, or say what many others do.
    """
    ends = values.group_by(_LINE).agg(first=pl.min("debut"), last=pl.max("debut"))
    read = values.join(_periods(ends, measures), on=[*_LINE, "debut"], how="semi")
    first = {LineKey(*line): day for *line, day in ends.select(*_LINE, "first").iter_rows()}
    return Figures(measures, _cells(read), first, _averaged(values, measures))


def _cells(values: pl.DataFrame) -> dict[LineKey, Cells]:
    alike = cache(Cell)
    lines: dict[LineKey, Cells] = {}
    for row in values.select(*_LINE, "debut", "categorie", "agregation", *_CELL).iter_rows():
        measure_id, niveau, unit_id, step, start, category, aggregation, *cell = row
        line = lines.setdefault(LineKey(measure_id, niveau, unit_id, step), {})
        line.setdefault(start, {})[category, aggregation] = alike(*cell)
    return lines


def _periods(ends: pl.DataFrame, measures: Mapping[str, Measure]) -> pl.DataFrame:
    """[*_LINE × debut]: the last period of each line, the year before it of what it continues, and of a larger unit the last
    ones of others, which look there for what they do not show. `ends`: first, last [_LINE]."""
    versions = [(each, version) for each in measures for version in lineage(each, measures)]
    continued = pl.DataFrame(versions, schema={"mesure_id": pl.String, "version": pl.String}, orient="row")
    lasts, larger = ends.select("mesure_id", "pas", debut="last").unique(), pl.col("niveau") != STRUCTURE
    return pl.concat(
        [
            ends.select(*_LINE, debut="last"),
            ends.join(continued, on="mesure_id").select(
                pl.col("version").alias("mesure_id"), *_LINE[1:], debut=pl.col("last").dt.offset_by("-1y")
            ),
            ends.filter(larger).join(lasts, on=["mesure_id", "pas"]).select(*_LINE, "debut"),
        ]
    )


def _averaged(values: pl.DataFrame, measures: Mapping[str, Measure]) -> frozenset[LineKey]:
    """The lines that show the mean of structures in some period."""
    told = {each.id: telling(each) for each in measures.values()}
    headlines = pl.DataFrame(list(told.items()), schema={"mesure_id": pl.String, "categorie": pl.String}, orient="row")
    shown = values.filter(pl.col("etat").is_in(SHOWN), agregation=MEAN).join(
        headlines, on=["mesure_id", "categorie"], how="semi"
    )
    return frozenset(LineKey(*line) for line in shown.select(_LINE).unique().iter_rows())
