"""Dot and whisker: one row for each territory, or for each item of an index, in the order of the view model."""

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
LINE_HEIGHT = 19
# As high as the timeline beside it, so that their tables stand on one line.
LEAST_HEIGHT = 290
LONGEST_LINE = 24
LONGEST_ITEM = 30


def draw(model: Comparison) -> go.Figure:
    """Values with their range; hollow when the base is small, a bare range when there is no point."""
    extent = _extent(model)
    labels = [_label(row, LONGEST_ITEM if model.by == "item" else LONGEST_LINE) for row in model.rows]
    lines = max((label.count("<br>") + 1 for label in labels), default=1)
    figure = blank(max(max(ROW_HEIGHT, LINE_HEIGHT * lines + 8) * len(model.rows) + 70, LEAST_HEIGHT))
    for index, row in enumerate(model.rows):
        _add_row(figure, model, row, index, extent)
    figure.update_layout(
        xaxis=value_axis(model.axis, model.unite, *extent),
        yaxis=axis(
            tickvals=list(range(len(model.rows))),
            ticktext=labels,
            range=[len(model.rows) - 0.4, -0.6],
            showgrid=False,
        ),
    )
    return figure


def _label(row: Row, width: int) -> str:
    # A long name on one line would leave the values no room.
    name = "<br>".join(wrap(row.name, width))
    return f"<b>{name}</b>" if row.selected else name


def _add_row(figure: go.Figure, model: Comparison, row: Row, index: int, extent: tuple[float, float]) -> None:
    if not row.drawn.shown:
        _add_words(figure, figures.point(row.drawn, model.unite), index)
        return
    colour, soft = mark_colour(model.sens), soft_colour(model.sens)
    low, high = _ends(row.drawn, extent)
    hover = typeset(f"{row.name} : {figures.figure(row.drawn, model.unite)}") + "<extra></extra>"
    if low is not None and high is not None:
        line = {"color": soft, "width": 9}
        if row.drawn.cautious:
            line = {"color": colour, "width": 2, "dash": "4px,3px"}
        figure.add_scatter(x=[low, high], y=[index, index], mode="lines", line=line, hovertemplate=hover)
    if row.drawn.valeur is not None:
        figure.add_scatter(
            x=[row.drawn.valeur], y=[index], mode="markers", marker=_marker(row, colour), hovertemplate=hover
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


def _marker(row: Row, colour: str) -> dict:
    return {
        "symbol": "diamond" if row.whole else "circle",
        "size": 11 if row.whole else 9,
        "color": GROUND if row.drawn.cautious else colour,
        "line": {"color": colour, "width": 2},
    }


def _add_words(figure: go.Figure, words: str, index: int) -> None:
    figure.add_annotation(
        x=0, xref="x", y=index, text=typeset(words), showarrow=False, xanchor="left", font={"color": MUTED, "size": 13}
    )


def _ends(value: Value, extent: tuple[float, float]) -> tuple[float | None, float | None]:
    """The range to draw; an end that is not known goes to the edge of what is drawn."""
    lowest, highest = extent
    if value.basse is not None and value.haute is None:
        return value.basse, highest * 1.08
    if value.basse is None and value.haute is not None and lowest < 0:
        return lowest * 1.08, value.haute
    return value.basse, value.haute


def _extent(model: Comparison) -> tuple[float, float]:
    known = [
        end
        for row in model.rows
        for value in (row.drawn, row.second)
        for end in (value.valeur, value.haute, value.basse)
        if end is not None
    ]
    return min(known, default=0), max(known, default=5)
