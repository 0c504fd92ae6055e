"""Dot and range of each structure, and under it the mean of structures alike: the name stands above its row."""

from __future__ import annotations

from textwrap import wrap

import plotly.graph_objects as go

from dashboard.charts.layout import axis, blank, value_axis
from dashboard.text.typography import typeset
from dashboard.theme import GROUND, INK, MUTED, NEUTRAL, NEUTRAL_STEPS, mark_colour, soft_colour
from dashboard.views import figures
from dashboard.views.own_structures import Own, OwnStructures
from dashboard.views.values import Value

ROW_HEIGHT = 62
LONGEST_NAME = 40
_NAME, _OWN, _ALIKE = -0.3, 0.1, 0.38


def draw(model: OwnStructures) -> go.Figure:
    """Rows in the order of the view model."""
    figure = blank(ROW_HEIGHT * len(model.rows) + 60)
    for place, row in enumerate(model.rows):
        _add_name(figure, row, place)
        _add_own(figure, model, row, place)
        if row.alike.shown:
            said = f"{row.name}, structures semblables : {figures.figure(row.alike, model.unite)}"
            mark = {"symbol": "square", "size": 8, "color": GROUND, "line": {"color": NEUTRAL, "width": 2}}
            _add_value(figure, row.alike, place + _ALIKE, said, {"color": NEUTRAL_STEPS[2], "width": 4}, mark)
    figure.update_layout(
        xaxis=value_axis(model.axis, model.unite, *_extent(model)),
        yaxis=axis(showticklabels=False, showgrid=False, range=[len(model.rows) - 0.35, -0.6]),
    )
    return figure


def _add_name(figure: go.Figure, row: Own, place: int) -> None:
    figure.add_annotation(
        x=0, xref="paper", y=place + _NAME, xanchor="left", yanchor="middle", align="left", showarrow=False,
        text=wrap(row.name, LONGEST_NAME, max_lines=1, placeholder="…")[0], font={"color": INK, "size": 13},
    )  # fmt: skip


def _add_own(figure: go.Figure, model: OwnStructures, row: Own, place: int) -> None:
    value = model.drawn(row)
    if not value.shown:
        words = typeset(figures.point(value, model.unite))
        figure.add_annotation(
            x=0,
            xref="x",
            y=place + _OWN,
            text=words,
            showarrow=False,
            xanchor="left",
            font={"color": MUTED, "size": 13},
        )
        return
    colour = mark_colour(model.sens)
    line = {"color": soft_colour(model.sens), "width": 9}
    if value.cautious:
        line = {"color": colour, "width": 2, "dash": "4px,3px"}
    inside = GROUND if value.cautious else colour
    mark = {"symbol": "circle", "size": 11, "color": inside, "line": {"color": colour, "width": 2}}
    _add_value(figure, value, place + _OWN, f"{row.name} : {figures.figure(value, model.unite)}", line, mark)


def _add_value(figure: go.Figure, value: Value, height: float, said: str, line: dict, mark: dict) -> None:
    hover = typeset(said) + "<extra></extra>"
    ends = (value.basse, value.haute)
    if None not in ends:
        figure.add_scatter(x=ends, y=[height, height], mode="lines", line=line, hovertemplate=hover)
    if value.valeur is not None:
        figure.add_scatter(x=[value.valeur], y=[height], mode="markers", marker=mark, hovertemplate=hover)


def _extent(model: OwnStructures) -> tuple[float, float]:
    shown = [value for row in model.rows for value in (model.drawn(row), row.alike)]
    known = [end for value in shown for end in (value.valeur, value.basse, value.haute) if end is not None]
    return min(known, default=0), max(known, default=5)
