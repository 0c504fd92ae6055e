"""A line with its centre and limits: points that speak have a symbol, and a colour where a direction is hoped for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import plotly.graph_objects as go

from dashboard.charts import timeline
from dashboard.text.typography import typeset
from dashboard.theme import GROUND, INK, MUTED, NEUTRAL, RULE, tone_colour
from dashboard.views import figures
from dashboard.views.behaviour import OUTSIDE, SHIFT, TREND, TWO_OF_THREE, Mark
from dashboard.views.trend import Happening, Trend

Placed = list[tuple[int, Mark]]
LETTER_HEIGHT = 20


def draw(model: Trend) -> go.Figure:
    """The plain line where there is nothing to conclude; else its centre, its limits, its signals, what happened."""
    if not model.charted:
        return timeline.draw(model.line)
    ends = [end for mark in model.marks if mark for end in (mark.low, mark.high) if end is not None]
    figure = timeline.draw_close(replace(model.line, sens="neutre"), ends)
    for phase in _phases(model):
        _add_usual(figure, phase)
    _add_signals(figure, model)
    over = max((18 if seam.joined else timeline.SEAM_HEIGHT for seam in model.line.seams), default=0)
    for happening in model.happenings:
        _add_happening(figure, happening, over)
    if model.happenings:
        figure.update_layout(height=figure.layout.height + LETTER_HEIGHT)
        figure.update_layout(margin={"t": figure.layout.margin.t + LETTER_HEIGHT})
    return figure


def _phases(model: Trend) -> Iterator[Placed]:
    placed = [(index, mark) for index, mark in enumerate(model.marks) if mark]
    return (list(phase) for _, phase in groupby(placed, key=lambda pair: pair[1].phase))


def _add_usual(figure: go.Figure, phase: Placed) -> None:
    """The centre, and the limits where the chart has any, as wide as the phase."""
    _add_level(figure, phase, [mark.centre for _, mark in phase], {"color": NEUTRAL, "width": 1.5})
    for ends in ([mark.low for _, mark in phase], [mark.high for _, mark in phase]):
        _add_level(figure, phase, ends, {"color": MUTED, "width": 1.5, "dash": "7px,5px"})


def _add_level(figure: go.Figure, phase: Placed, levels: list[float | None], line: dict) -> None:
    if all(level is None for level in levels):
        return
    first, last = phase[0][0], phase[-1][0]
    across = [first - 0.45, *(index for index, _ in phase), last + 0.45]
    figure.add_scatter(
        x=across,
        y=[levels[0], *levels, levels[-1]],
        mode="lines",
        line={**line, "shape": "hvh"},
        hoverinfo="skip",
    )


def _add_signals(figure: go.Figure, model: Trend) -> None:
    pointed = [index for index, mark in enumerate(model.marks) if mark and mark.label]
    colours = [tone_colour(model.tone(index)) for index in pointed]
    moments = [model.line.moments[index] for index in pointed]
    hollow = [GROUND if moment.value.cautious else colour for moment, colour in zip(moments, colours, strict=True)]
    words = [
        typeset(f"{moment.label} : {figures.figure(moment.value, model.line.unite)}, {model.label(index)}")
        for index, moment in zip(pointed, moments, strict=True)
    ]
    figure.add_scatter(
        x=pointed,
        y=[moment.value.valeur for moment in moments],
        mode="markers",
        marker={
            "symbol": [_symbol(model, index) for index in pointed],
            "size": 13,
            "color": hollow,
            "line": {"color": colours, "width": 2},
        },
        text=words,
        hovertemplate="%{text}<extra></extra>",
    )


def _symbol(model: Trend, index: int) -> str:
    mark = model.marks[index]
    label = mark.label if mark else ""
    if label == TREND:
        return "triangle-up" if model.rises(index) else "triangle-down"
    return {OUTSIDE: "diamond", TWO_OF_THREE: "square", SHIFT: "cross"}.get(label, "circle")


def _add_happening(figure: go.Figure, happening: Happening, over: int) -> None:
    """A letter `over` the words of a seam and a thin line under it; before the period where limits start anew."""
    across = happening.index - (0.5 if happening.rebase else 0)
    line = {"color": INK, "width": 2} if happening.rebase else {"color": RULE, "width": 1, "dash": "dot"}
    figure.add_shape(type="line", x0=across, x1=across, y0=0, y1=1, yref="paper", line=line)
    figure.add_annotation(
        x=across,
        y=1,
        yref="paper",
        text=f"<b>{happening.letter}</b>",
        showarrow=False,
        yanchor="bottom",
        yshift=over,
        font={"color": INK, "size": 13},
    )
