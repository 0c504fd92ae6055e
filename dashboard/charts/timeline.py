"""A line with its range, broken where a period is not shown."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.layout import axis, blank, quarter_ticks, value_axis
from dashboard.text import words
from dashboard.text.typography import typeset
from dashboard.theme import GROUND, MUTED, band_colour, mark_colour
from dashboard.views import figures
from dashboard.views.timeline import Moment, Timeline

HEIGHT = 290


def draw(model: Timeline) -> go.Figure:
    """Points joined within each unbroken run, a band behind them, words where a period is hidden."""
    figure = blank(HEIGHT)
    highest = _highest(model)
    for run in _runs(model.moments):
        _add_band(figure, run, model.sens, highest)
        _add_line(figure, run, model)
    for index, moment in enumerate(model.moments):
        if not moment.value.shown:
            _add_words(figure, index, figures.point(moment.value, model.unite))
    labels = [moment.label for moment in model.moments]
    figure.update_layout(
        yaxis=value_axis(
            words.AGGREGATIONS[model.aggregation].lower() if model.unite == "%" else model.unite, model.unite, highest
        ),
        xaxis=axis(
            **quarter_ticks(labels),
            range=[-0.6, len(labels) - 0.4],
            showgrid=False,
        ),
    )
    return figure


def _runs(moments: tuple[Moment, ...]) -> list[list[tuple[int, Moment]]]:
    runs: list[list[tuple[int, Moment]]] = [[]]
    for index, moment in enumerate(moments):
        if moment.value.shown:
            runs[-1].append((index, moment))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _add_band(figure: go.Figure, run: list[tuple[int, Moment]], sens: str, highest: float) -> None:
    ranged = [(index, moment.value) for index, moment in run if moment.value.ranged]
    if not ranged:
        return
    colour = band_colour(sens)
    if len(ranged) == 1:
        # A lone period has no width: its range is drawn as a bar.
        index, value = ranged[0]
        figure.add_scatter(
            x=[index, index],
            y=[value.basse, highest if value.haute is None else value.haute],
            mode="lines",
            line={"color": colour, "width": 10},
            hoverinfo="skip",
        )
        return
    across = [index for index, _ in ranged]
    lows = [value.basse or 0 for _, value in ranged]
    highs = [highest if value.haute is None else value.haute for _, value in ranged]
    figure.add_scatter(
        x=across + across[::-1],
        y=highs + lows[::-1],
        fill="toself",
        fillcolor=colour,
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
    )


def _add_line(figure: go.Figure, run: list[tuple[int, Moment]], model: Timeline) -> None:
    colour = mark_colour(model.sens)
    cautious = [moment.value.cautious for _, moment in run]
    figure.add_scatter(
        x=[index for index, _ in run],
        y=[moment.value.valeur for _, moment in run],
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2},
        marker={
            "symbol": "circle",
            "size": 9,
            "color": [GROUND if hollow else colour for hollow in cautious],
            "line": {"color": colour, "width": 2},
        },
        text=[typeset(f"{moment.label} : {figures.figure(moment.value, model.unite)}") for _, moment in run],
        hovertemplate="%{text}<extra></extra>",
    )


def _add_words(figure: go.Figure, index: int, note: str) -> None:
    figure.add_annotation(
        x=index,
        y=0,
        text=typeset(note),
        textangle=-90,
        showarrow=False,
        yanchor="bottom",
        font={"color": MUTED, "size": 12},
    )


def _highest(model: Timeline) -> float:
    ends = [end for moment in model.moments for end in (moment.value.valeur, moment.value.haute) if end is not None]
    return max(ends, default=5)
