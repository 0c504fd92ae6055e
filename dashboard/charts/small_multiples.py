"""One panel of small multiples: a structure's line, its network's behind in grey, on the axes of all the others."""

from __future__ import annotations

from itertools import groupby

import plotly.graph_objects as go

from dashboard.charts.layout import axis, blank, period_ticks, value_axis
from dashboard.text.typography import typeset
from dashboard.theme import GROUND, NEUTRAL_STEPS, mark_colour
from dashboard.views import figures
from dashboard.views.small_multiples import Panel
from dashboard.views.timeline import Moment, Timeline

HEIGHT = 170


def draw(model: Panel) -> go.Figure:
    """Points joined within each unbroken run; a hidden period leaves a gap."""
    figure = blank(HEIGHT, bottom=36)
    labels = [moment.label for moment in model.line.moments]
    figure.update_layout(
        yaxis=value_axis("", model.line.unite, *model.extent),
        xaxis=axis(**period_ticks(labels), range=[-0.6, len(labels) - 0.4], showgrid=False),
    )
    _add_line(figure, model.behind, NEUTRAL_STEPS[2], marks=False)
    _add_line(figure, model.line, mark_colour(model.line.sens), marks=True)
    return figure


def _add_line(figure: go.Figure, line: Timeline, colour: str, *, marks: bool) -> None:
    broken = {seam.index for seam in line.seams if not seam.joined}
    for run in _runs(line, broken):
        figure.add_scatter(
            x=[place for place, _ in run],
            y=[moment.value.valeur for _, moment in run],
            mode="lines+markers" if marks else "lines",
            line={"color": colour, "width": 2 if marks else 4},
            marker={
                "size": 8,
                "color": [GROUND if moment.value.cautious else colour for _, moment in run],
                "line": {"color": colour, "width": 2},
            },
            text=[typeset(_said(line, moment)) for _, moment in run],
            hovertemplate="%{text}<extra></extra>",
        )


def _runs(line: Timeline, broken: set[int]) -> list[list[tuple[int, Moment]]]:
    """Periods in a row that have a point, parted where the definition changed."""
    stretch, told = 0, []
    for place, moment in enumerate(line.moments):
        stretch += (place in broken) or moment.value.valeur is None
        told.append((stretch, place, moment))
    shown = [each for each in told if each[2].value.valeur is not None]
    return [[(place, moment) for _, place, moment in run] for _, run in groupby(shown, key=lambda each: each[0])]


def _said(line: Timeline, moment: Moment) -> str:
    return f"{line.place}, {moment.label} : {figures.figure(moment.value, line.unite)}"
