"""A profile of practices: for each fact what the structure answers, then a scale with its network and the region."""

from __future__ import annotations

from textwrap import wrap

import plotly.graph_objects as go

from dashboard.charts.layout import blank, percent_axis
from dashboard.text.typography import typeset
from dashboard.theme import GROUND, INK, MUTED, NEUTRAL, RULE
from dashboard.views import figures
from dashboard.views.practice_profile import UNTOLD, Practice, Profile
from dashboard.views.values import Value

ROW_PIXELS = 90
LONGEST_LINE = 36


def draw(model: Profile) -> go.Figure:
    """One row for each fact, in the order of the grid: words above, the scale under them."""
    figure = blank(ROW_PIXELS * len(model.practices) + 50, bottom=44)
    for index, practice in enumerate(model.practices):
        _add_words(figure, practice, index)
        _add_scale(figure, model, practice, index)
    figure.update_layout(
        xaxis=percent_axis("part des structures qui l'ont") | {"showgrid": False},
        yaxis={"visible": False, "range": [len(model.practices) - 0.75, -1.0], "fixedrange": True},
    )
    return figure


def _add_words(figure: go.Figure, practice: Practice, index: int) -> None:
    lines = wrap(practice.label, LONGEST_LINE)
    answer = f"{practice.symbol} <b>{practice.answer}</b>"
    figure.add_annotation(
        x=0,
        y=index,
        yshift=8,
        text=typeset("<br>".join((*lines, answer))),
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        align="left",
        font={"color": MUTED if practice.state == UNTOLD else INK, "size": 14},
    )


def _add_scale(figure: go.Figure, model: Profile, practice: Practice, index: int) -> None:
    figure.add_scatter(x=[0, 100], y=[index, index], mode="lines", line={"color": RULE, "width": 2}, hoverinfo="skip")
    _add_mark(figure, f"Réseau {model.network}", practice.network, index, "line-ns", 14)
    _add_mark(figure, model.region, practice.region, index, "diamond", 10)


def _add_mark(figure: go.Figure, name: str, value: Value, index: int, symbol: str, size: int) -> None:
    if not value.shown or value.valeur is None:
        return
    hover = typeset(f"{name} : {figures.point(value, figures.PERCENT)} des structures")
    marker = {"symbol": symbol, "size": size, "color": GROUND, "line": {"color": NEUTRAL, "width": 2}}
    if symbol == "line-ns":
        marker |= {"line": {"color": INK, "width": 4}}
    figure.add_scatter(
        x=[value.valeur], y=[index], mode="markers", marker=marker, hovertemplate=f"{hover}<extra></extra>"
    )
