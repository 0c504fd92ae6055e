"""The lines of a release: every measure of every unit by every step, drawn from what the release shows, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import polars as pl

from pipelines.trends.drawing import Drawn, drawn
from pipelines.trends.ending import ending
from pipelines.trends.headlines import LINE, headline_points
from pipelines.trends.parts import Points
from pipelines.trends.rebases import Rebases
from pipelines.trends.rows import SERIES, point_rows, series_row
from pipelines.trends.scales import Scale, least_sizes, scale_of


class Lines(NamedTuple):
    """`series`: quality.series, one row a line. `points`: quality.points, one row for each of its points."""

    series: pl.DataFrame
    points: pl.DataFrame


def series(
    values: pl.DataFrame, measures: pl.DataFrame, categories: pl.DataFrame, periods: pl.DataFrame, events: pl.DataFrame
) -> Lines:
    """Every line that has at least two points, and its points, in order of measure, unit, step and period.

    Takes quality.valeurs, reference.mesures, reference.categories, reference.periodes, quality.evenements. It reads shown
    values and bands alone: anyone who has the release can work it out again, and no line tells more than its figures.
    """
    points = headline_points(values, measures, categories, periods)
    lines = list(_lines(points, measures, Rebases(events)))
    return Lines(
        series=pl.DataFrame([row for row, _, _ in lines], schema=SERIES),
        points=point_rows(points, [(line, scale) for _, line, scale in lines]),
    )


def _lines(
    points: pl.DataFrame, measures: pl.DataFrame, rebases: Rebases
) -> Iterator[tuple[dict[str, Any], Drawn, Scale]]:
    """Each line in the order of its points: its row of quality.series, how it is drawn, and the scale of its values."""
    told = {each["mesure_id"]: each for each in measures.iter_rows(named=True)}
    for row in points.group_by(LINE, maintain_order=True).agg(pl.all()).iter_rows(named=True):
        measure = told[row["serie"]]
        scale = scale_of(measure)
        line = _drawn(row, measure, scale, rebases)
        yield series_row(row, line, ending(line, measure["sens"], measure["seuil"])), line, scale


def _drawn(row: Mapping[str, Any], measure: Mapping[str, Any], scale: Scale, rebases: Rebases) -> Drawn:
    sizes = least_sizes(measure, row["agregation"][-1], row["assise"])
    points = Points(row["debut"], row["rang_periode"], row["valeur"], sizes)
    asked = rebases.of(row["niveau"], row["unite_id"], set(row["mesure_id"]))
    return drawn(points, asked, scale.extremes)
