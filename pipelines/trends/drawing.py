"""One line drawn: its chart, and for each of its phases a centre, limits and labels. Numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.statistics.chart import Chart
from pipelines.statistics.chart_choice import LINE, MEDIAN, P_PRIME, choose_chart
from pipelines.statistics.p_prime import p_prime
from pipelines.statistics.phases import SMALLEST
from pipelines.statistics.xmr import xmr
from pipelines.trends.parts import Phase, Points, parts

PERCENT = 100


@dataclass(frozen=True)
class Drawn:
    """A line: the kind of its chart, its phases, and the chart of each, over the periods of the phase."""

    kind: str
    phases: Sequence[Phase]
    charts: Sequence[Chart]


def drawn(points: Points, rebases: Sequence[date] = (), extremes: Collection[float] = ()) -> Drawn:
    """The line under the chart that it can bear, with a new phase at each of `rebases` that enough points follow.

    `extremes`: values where the scale of the measure ends. Each phase has its own centre and limits. Methods 5.1 to 5.5.
    """
    phases = parts(points, rebases)
    sizes = None if points.sizes is None else np.array(points.sizes)
    kind = choose_chart([each.values for each in phases], sizes, extremes)
    return Drawn(kind, phases, [_chart(kind, each) for each in phases])


def _chart(kind: str, phase: Phase) -> Chart:
    if kind == LINE:
        return _without_limits(np.nan, phase)
    if kind == MEDIAN:
        return _without_limits(float(np.nanmedian(phase.values)), phase)
    if phase.size < SMALLEST:  # the first one alone can be so short
        return _without_limits(float(np.nanmean(phase.values)), phase)
    return _in_percent(phase) if kind == P_PRIME else xmr(phase.values)


def _without_limits(centre: float, phase: Phase) -> Chart:
    none = np.full(phase.values.size, np.nan)
    return Chart(centre, none, none, ("",) * phase.values.size)


def _in_percent(phase: Phase) -> Chart:
    assert phase.sizes is not None
    chart = p_prime(phase.values / PERCENT, phase.sizes)
    return Chart(PERCENT * chart.centre, PERCENT * chart.low, PERCENT * chart.high, chart.labels)
