"""Drawn lines as rows of the release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from pipelines.statistics.chart import Floats
from pipelines.trends.drawing import Drawn
from pipelines.trends.ending import Ending
from pipelines.trends.headlines import LINE
from pipelines.trends.scales import Scale

SERIES = {
    **dict.fromkeys(("serie_id", "mesure_id", "niveau", "unite_id", "pas", "categorie", "agregation"), pl.String),
    **dict.fromkeys(("carte", "variation", "signal", "assurance"), pl.String),
    "provisoire": pl.Boolean,
}
"""Columns of quality.series."""

POINTS = ["serie_id", "debut", "mesure_id", "phase", "valeur", "centre", "limite_basse", "limite_haute", "etiquette"]
"""Columns of quality.points."""

_DECIMALS = 1


def series_row(row: Mapping[str, Any], line: Drawn, said: Ending) -> dict[str, Any]:
    """The row of a line in quality.series; `row`: a line of `pipelines.trends.headlines`, its points in lists."""
    return {
        "serie_id": "|".join(row[name] for name in LINE),
        "mesure_id": row["serie"],
        **{name: row[name] for name in LINE[1:]},
        "categorie": row["categorie"][-1],
        "agregation": row["agregation"][-1],
        "carte": line.kind,
        "variation": said.variation,
        "signal": said.signal,
        "assurance": said.assurance,
        "provisoire": said.provisional,
    }


def point_rows(points: pl.DataFrame, lines: Sequence[tuple[Drawn, Scale]]) -> pl.DataFrame:
    """quality.points: the rows of `points` (`pipelines.trends.headlines`), under the lines drawn from them, in their order.

    Centres and limits are clipped to the scale of the measure, and rounded to one decimal.
    """
    charted = [
        (phase, chart, scale) for line, scale in lines for phase, chart in zip(line.phases, line.charts, strict=True)
    ]
    shown = {
        "centre": [_shown(np.full(phase.size, chart.centre), scale) for phase, chart, scale in charted],
        "limite_basse": [_shown(chart.low[phase.places], scale) for phase, chart, scale in charted],
        "limite_haute": [_shown(chart.high[phase.places], scale) for phase, chart, scale in charted],
    }
    return points.with_columns(
        pl.concat_str(LINE, separator="|").alias("serie_id"),
        pl.Series("phase", [phase.number for phase, _, _ in charted for _ in phase.places], pl.Int32),
        *(pl.Series(name, _joined(each), pl.Float64).fill_nan(None) for name, each in shown.items()),
        pl.Series(
            "etiquette", [chart.labels[place] for phase, chart, _ in charted for place in phase.places], pl.String
        ),
    ).select(POINTS)


def _shown(numbers: Floats, scale: Scale) -> Floats:
    return np.asarray(np.clip(numbers, scale.low, scale.high)).round(_DECIMALS)


def _joined(parts: Sequence[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(0)
