"""A still figure says what the figure said, and a copy of it may change without it."""

from __future__ import annotations

import json

import plotly.graph_objects as go
import plotly.io
import pytest
from plotly.tools import return_figure_from_figure_or_data

from dashboard.charts.layout import blank
from dashboard.charts.still import Still


@pytest.fixture
def figure() -> go.Figure:
    return blank(200).add_scatter(x=[0, 1], y=[80, 81])


def test_it_says_the_same_and_is_told_once(figure: go.Figure) -> None:
    still = Still(figure)
    assert told(still.to_dict()) == told(figure)
    assert return_figure_from_figure_or_data(still, validate_figure=True) is still.to_dict()


def test_a_copy_changes_alone(figure: go.Figure) -> None:
    still = Still(figure)
    before = told(still.to_dict())
    copied = go.Figure(still)
    copied.update_layout(height=900)
    copied.data[0].y = [0, 0]
    assert told(still.to_dict()) == before == told(still)
    assert (told(copied)["layout"]["height"], told(copied)["data"][0]["y"]) == (900, [0, 0])


def told(figure: go.Figure | dict) -> dict:
    """What the browser receives."""
    received: dict = json.loads(plotly.io.to_json(figure, validate=False))
    return received
