"""Changes in points, bar after bar: two ways of counting, then what the second is made of."""

from __future__ import annotations

from textwrap import wrap

import plotly.graph_objects as go

from dashboard.charts.layout import axis, blank, value_axis
from dashboard.text.typography import typeset
from dashboard.theme import NEUTRAL_STEPS
from dashboard.views import figures
from dashboard.views.decomposition import Decomposition

HEIGHT = 320
LONGEST_LINE = 18


def draw(model: Decomposition) -> go.Figure:
    """Horizontal bars from zero, never coloured: neither way of counting is the better one."""
    figure = blank(HEIGHT)
    down = list(range(len(model.rows)))
    points = [value for _, value in model.rows]
    figure.add_bar(
        orientation="h",
        y=down,
        x=points,
        marker={"color": [NEUTRAL_STEPS[1], NEUTRAL_STEPS[1], NEUTRAL_STEPS[3], NEUTRAL_STEPS[3]]},
        text=[typeset(f"{label} : {figures.amount(value, figures.POINTS)}") for label, value in model.rows],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
    figure.update_layout(
        bargap=0.35,
        xaxis=value_axis("changement, en points", figures.POINTS, min(*points, 0), max(*points, 0)) | {"nticks": 5},
        yaxis=axis(
            tickvals=down,
            ticktext=[_label(label, value) for label, value in model.rows],
            range=[len(down) - 0.4, -0.6],
            showgrid=False,
        ),
    )
    return figure


def _label(label: str, points: int) -> str:
    """The amount stands with its name: beside its bar it would leave a narrow screen no room."""
    name = "<br>".join(wrap(label, LONGEST_LINE))
    return typeset(f"{name}<br><b>{figures.amount(points, figures.POINTS)}</b>")
