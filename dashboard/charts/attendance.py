"""Counts of receptions, in a tint that no quality chart has."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.layout import axis, blank, period_ticks
from dashboard.text.typography import typeset
from dashboard.theme import ATTENDANCE, MUTED
from dashboard.views.attendance import Counts


def draw_quarters(model: Counts) -> go.Figure:
    """One column a quarter."""
    figure = blank(320)
    labels = [row.label for row in model.rows]
    across = list(range(len(labels)))
    figure.add_bar(x=across, y=[row.accueils for row in model.rows], **_look(model))
    figure.update_layout(
        bargap=0.35,
        xaxis=axis(**period_ticks(labels), showgrid=False),
        yaxis=_scale(model),
    )
    for index, row in enumerate(model.rows):
        if row.accueils is None:
            figure.add_annotation(x=index, y=0, text=row.words, textangle=-90, yanchor="bottom", **_words())
    return figure


def draw_channels(model: Counts) -> go.Figure:
    """One bar a channel."""
    figure = blank(40 * len(model.rows) + 70)
    down = list(range(len(model.rows)))
    figure.add_bar(y=down, x=[row.accueils for row in model.rows], orientation="h", **_look(model))
    figure.update_layout(
        bargap=0.35,
        xaxis=_scale(model, nticks=3),
        yaxis=axis(
            tickvals=down,
            ticktext=[row.label for row in model.rows],
            range=[len(down) - 0.4, -0.6],
            showgrid=False,
        ),
    )
    for index, row in enumerate(model.rows):
        if row.accueils is None:
            figure.add_annotation(x=0, y=index, text=row.words, xanchor="left", **_words())
    return figure


def _scale(model: Counts, **options: int) -> dict:
    """The counts, in whole numbers; a bare line where none is shown, since an empty scale would invent some."""
    if all(row.accueils is None for row in model.rows):
        return axis(showticklabels=False, showgrid=False, range=[0, 1])
    return axis("accueils comptés", rangemode="tozero", tickformat=",d", **options)


def _look(model: Counts) -> dict:
    return {
        "marker": {"color": ATTENDANCE},
        "text": [typeset(f"{row.label} : {row.words}") for row in model.rows],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }


def _words() -> dict:
    return {"showarrow": False, "font": {"color": MUTED, "size": 12}}
