"""A line with its range, broken where a period is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from textwrap import wrap

import plotly.graph_objects as go

from dashboard.charts.layout import axis, blank, close_axis, period_ticks, value_axis
from dashboard.text.typography import typeset
from dashboard.theme import GROUND, INK, MUTED, RULE, band_colour, mark_colour
from dashboard.views import figures
from dashboard.views.timeline import Moment, Seam, Timeline
from dashboard.views.values import Value

HEIGHT = 290
SEAM_HEIGHT = 36
LONGEST_WORDS = 20


def draw(model: Timeline) -> go.Figure:
    """Points joined within each unbroken run, a band behind them, words where a period is hidden, a line at each seam."""
    extent = _extent(model)
    figure = _empty(model, value_axis(model.axis, model.unite, *extent))
    for run in _runs(model):
        _add_band(figure, run, model.sens, extent)
        _add_line(figure, run, model)
    _add_breaks(figure, model, min(extent[0], 0))
    return figure


def draw_close(model: Timeline, ends: Sequence[float]) -> go.Figure:
    """The same without ranges, on an axis close around the points and some other `ends`."""
    pointed = [moment.value.valeur for moment in model.moments if moment.value.valeur is not None]
    lowest, highest = min((*pointed, *ends), default=0), max((*pointed, *ends), default=5)
    across = close_axis(model.axis, model.unite, lowest, highest)
    figure = _empty(model, across)
    for run in _runs(model):
        _add_line(figure, run, model)
    _add_breaks(figure, model, across["tickvals"][0])
    return figure


def _empty(model: Timeline, values: dict) -> go.Figure:
    figure = blank(HEIGHT + (SEAM_HEIGHT if model.seams else 0))
    labels = [moment.label for moment in model.moments]
    figure.update_layout(
        margin={"t": 8 + (SEAM_HEIGHT if model.seams else 0)},
        yaxis=values,
        xaxis=axis(**period_ticks(labels), range=[-0.6, len(labels) - 0.4], showgrid=False),
    )
    return figure


def _add_breaks(figure: go.Figure, model: Timeline, foot: float) -> None:
    for index, words in _silences(model):
        _add_words(figure, index, words, foot)
    for seam in model.seams:
        _add_seam(figure, seam)


def _runs(model: Timeline) -> list[list[tuple[int, Moment]]]:
    broken = {seam.index for seam in model.seams if not seam.joined}
    runs: list[list[tuple[int, Moment]]] = [[]]
    for index, moment in enumerate(model.moments):
        if runs[-1] and (index in broken or not moment.value.shown):
            runs.append([])
        if moment.value.shown:
            runs[-1].append((index, moment))
    return [run for run in runs if run]


def _silences(model: Timeline) -> list[tuple[float, str]]:
    """Where to write why nothing is drawn: once for periods in a row, since thirty-six months leave no room for more."""
    told = ["" if each.value.shown else figures.point(each.value, model.unite) for each in model.moments]
    runs = [(words, list(run)) for words, run in groupby(range(len(told)), key=told.__getitem__)]
    return [((run[0] + run[-1]) / 2, words) for words, run in runs if words]


def _add_seam(figure: go.Figure, seam: Seam) -> None:
    across = seam.index - 0.5
    line = {"color": RULE, "width": 1, "dash": "dot"} if seam.joined else {"color": INK, "width": 2}
    figure.add_shape(type="line", x0=across, x1=across, y0=0, y1=1, yref="paper", line=line)
    figure.add_annotation(
        x=across,
        y=1,
        yref="paper",
        text="<br>".join(wrap(typeset(seam.words), LONGEST_WORDS)),
        showarrow=False,
        yanchor="bottom",
        align="center",
        font={"color": MUTED, "size": 12},
    )


def _add_band(figure: go.Figure, run: list[tuple[int, Moment]], sens: str, extent: tuple[float, float]) -> None:
    ranged = [(index, moment.value) for index, moment in run if moment.value.ranged]
    if not ranged:
        return
    colour, (lowest, highest) = band_colour(sens), extent
    if len(ranged) == 1:
        # A lone period has no width: its range is drawn as a bar.
        index, value = ranged[0]
        figure.add_scatter(
            x=[index, index],
            y=[_low(value, lowest), highest if value.haute is None else value.haute],
            mode="lines",
            line={"color": colour, "width": 10},
            hoverinfo="skip",
        )
        return
    across = [index for index, _ in ranged]
    lows = [_low(value, lowest) for _, value in ranged]
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


def _add_words(figure: go.Figure, index: float, note: str, foot: float) -> None:
    figure.add_annotation(
        x=index,
        y=foot,
        text=typeset(note),
        textangle=-90,
        showarrow=False,
        yanchor="bottom",
        font={"color": MUTED, "size": 12},
    )


def _low(value: Value, lowest: float) -> float:
    return min(lowest, 0) if value.basse is None else value.basse


def _extent(model: Timeline) -> tuple[float, float]:
    values = [moment.value for moment in model.moments]
    ends = [end for each in values for end in (each.valeur, each.basse, each.haute) if end is not None]
    return min(ends, default=0), max(ends, default=5)
