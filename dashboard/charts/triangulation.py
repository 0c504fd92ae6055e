"""Several views of one thing, one under the other on the same line from 0 to 100 %, and the gap between two of them."""

from __future__ import annotations

from textwrap import wrap

import plotly.graph_objects as go

from dashboard.charts.layout import axis, blank, percent_axis
from dashboard.text.typography import typeset
from dashboard.theme import GROUND, INK, MUTED, NEUTRAL_STEPS, RULE
from dashboard.views.measures import PERCEIVED, RENDERED
from dashboard.views.triangulation import DECLARED, Bracket, Triangulation, View

BETWEEN_ROWS = 16
LINE = 16
LONGEST_LINE = 38
SYMBOLS = {RENDERED: "circle", DECLARED: "diamond", PERCEIVED: "square"}


def draw(model: Triangulation) -> go.Figure:
    """Marks of a shape for each view, never coloured: no view is the better one. Names stand above, the gap below."""
    labels = [wrap(f"{each.name} : {each.figure}", LONGEST_LINE) for each in model.views]
    places, depth = [], 0.0
    for lines in labels:
        depth += LINE * len(lines) + 12
        places.append(depth)
        depth += BETWEEN_ROWS
    gap = wrap(f"Écart : {model.bracket.words}", LONGEST_LINE) if model.bracket else []
    bottom = depth + LINE * len(gap) + 14
    figure = blank(round(bottom) + 56, bottom=34)
    for place, lines, view in zip(places, labels, model.views, strict=True):
        _view(figure, place, lines, view)
    if model.bracket:
        _bracket(figure, places, model, model.bracket, depth)
        _text(figure, depth + 4, "<br>".join(gap), top=True)
    figure.update_layout(xaxis=percent_axis("") | {"showgrid": False}, yaxis=axis(visible=False, range=[bottom, 0]))
    return figure


def _view(figure: go.Figure, place: float, lines: list[str], view: View) -> None:
    figure.add_shape(type="line", x0=0, x1=100, y0=place, y1=place, line={"color": RULE, "width": 1}, layer="below")
    low, high = view.value.basse, view.value.haute
    if low is not None and high is not None:
        figure.add_scatter(
            x=[low, high],
            y=[place, place],
            mode="lines",
            line={"color": NEUTRAL_STEPS[2], "width": 8},
            hoverinfo="skip",
        )
    if view.value.valeur is not None:
        figure.add_scatter(
            x=[view.value.valeur],
            y=[place],
            mode="markers",
            marker={"symbol": SYMBOLS[view.nature], "size": 13, "color": INK},
            text=[typeset(f"{view.name} : {view.figure}")],
            hovertemplate="%{text}<extra></extra>",
        )
    _text(figure, place - 9, "<br>".join(lines))


def _bracket(figure: go.Figure, places: list[float], model: Triangulation, bracket: Bracket, depth: float) -> None:
    """A dotted line down from each of both marks, joined under the last row."""
    first, second = (model.views[each].value.valeur or 0 for each in (bracket.first, bracket.second))
    dotted = {"color": MUTED, "width": 1, "dash": "dot"}
    for value, place in ((first, places[bracket.first]), (second, places[bracket.second])):
        figure.add_shape(type="line", x0=value, x1=value, y0=place, y1=depth, line=dotted, layer="below")
    figure.add_shape(type="line", x0=first, x1=second, y0=depth, y1=depth, line={"color": INK, "width": 2})


def _text(figure: go.Figure, y: float, text: str, *, top: bool = False) -> None:
    """Words from the left edge, on white: the dotted lines would cross them on a narrow screen."""
    figure.add_annotation(
        x=0,
        y=y,
        text=typeset(text),
        showarrow=False,
        xanchor="left",
        yanchor="top" if top else "bottom",
        align="left",
        font={"size": 13, "color": INK},
        bgcolor=GROUND,
    )
