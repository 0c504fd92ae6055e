"""Dot and whisker: one row for each territory, in the order of the view model."""

from __future__ import annotations

from textwrap import wrap

import plotly.graph_objects as go

from dashboard.charts.layout import axis, blank, value_axis
from dashboard.text.typography import typeset
from dashboard.theme import GROUND, MUTED, mark_colour, soft_colour
from dashboard.views import figures
from dashboard.views.comparison import Comparison, Row
from dashboard.views.values import Value

ROW_HEIGHT = 40
# As high as the timeline beside it, so that their tables stand on one line.
LEAST_HEIGHT = 290
LONGEST_LINE = 24


def draw(model: Comparison) -> go.Figure:
    """Values with their range; hollow when the base is small, a bare range when there is no point."""
    highest = _highest(model)
    figure = blank(max(ROW_HEIGHT * len(model.rows) + 70, LEAST_HEIGHT))
    for index, row in enumerate(model.rows):
        _add_row(figure, model, row, index, highest)
    figure.update_layout(
        xaxis=value_axis(_axis_title(model), model.unite, highest),
        yaxis=axis(
            tickvals=list(range(len(model.rows))),
            ticktext=[_label(row) for row in model.rows],
            range=[len(model.rows) - 0.4, -0.6],
            showgrid=False,
        ),
    )
    return figure


def _axis_title(model: Comparison) -> str:
    return "moyenne des structures" if model.unite == "%" else model.unite


def _label(row: Row) -> str:
    # A long name on one line would leave the values no room.
    name = "<br>".join(wrap(row.name, LONGEST_LINE))
    return f"<b>{name}</b>" if row.selected else name


def _add_row(figure: go.Figure, model: Comparison, row: Row, index: int, highest: float) -> None:
    if not row.drawn.shown:
        _add_words(figure, figures.point(row.drawn, model.unite), index)
        return
    colour, soft = mark_colour(model.sens), soft_colour(model.sens)
    low, high = _ends(row.drawn, highest)
    hover = typeset(f"{row.name} : {figures.figure(row.drawn, model.unite)}") + "<extra></extra>"
    if low is not None and high is not None:
        line = {"color": soft, "width": 9}
        if row.drawn.cautious:
            line = {"color": colour, "width": 2, "dash": "4px,3px"}
        figure.add_scatter(x=[low, high], y=[index, index], mode="lines", line=line, hovertemplate=hover)
    if row.drawn.valeur is not None:
        figure.add_scatter(
            x=[row.drawn.valeur], y=[index], mode="markers", marker=_marker(row, index, colour), hovertemplate=hover
        )
    _add_second(figure, model, row, index, colour)


def _add_second(figure: go.Figure, model: Comparison, row: Row, index: int, colour: str) -> None:
    # Where only « au moins » can be said, an arrow points to what is not known.
    if not row.second.shown:
        return
    pointed = row.second.valeur is not None
    figure.add_scatter(
        x=[row.second.valeur if pointed else row.second.basse],
        y=[index],
        mode="markers",
        marker={"symbol": "line-ns" if pointed else "triangle-right-open", "size": 14, "color": colour}
        | {"line": {"color": colour, "width": 2}},
        hovertemplate=typeset(f"{row.label}, neuf fois sur dix : {figures.figure(row.second, model.unite)}")
        + "<extra></extra>",
    )


def _marker(row: Row, index: int, colour: str) -> dict:
    # The region has a shape of its own: it is not one more network.
    shape = "diamond" if index == 0 else "circle"
    return {
        "symbol": shape,
        "size": 11 if index == 0 else 9,
        "color": GROUND if row.drawn.cautious else colour,
        "line": {"color": colour, "width": 2},
    }


def _add_words(figure: go.Figure, words: str, index: int) -> None:
    figure.add_annotation(
        x=0, xref="x", y=index, text=typeset(words), showarrow=False, xanchor="left", font={"color": MUTED, "size": 13}
    )


def _ends(value: Value, highest: float) -> tuple[float | None, float | None]:
    if value.basse is not None and value.haute is None:
        return value.basse, highest * 1.08
    return value.basse, value.haute


def _highest(model: Comparison) -> float:
    known = [
        end
        for row in model.rows
        for value in (row.drawn, row.second)
        for end in (value.valeur, value.haute, value.basse)
        if end is not None
    ]
    return max(known, default=5)
