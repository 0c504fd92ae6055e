"""Structures by band of base, with limits drawn as steps; the reader's own under a letter. Where a point stands across its
band means nothing."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go

from dashboard.charts.layout import axis, blank, value_axis
from dashboard.text.typography import typeset
from dashboard.theme import GROUND, INK, MUTED, NEUTRAL
from dashboard.views.cloud import ABOVE, BELOW, Band, Cloud, Limits, Structure

HEIGHT = 360
# Steps of the golden section spread any number of points evenly, and tell no order.
_STEP = 0.6180339887498949
_WIDTH = 0.8
_LETTERS = {ABOVE: "top center", BELOW: "bottom center"}
_SYMBOLS = {ABOVE: "triangle-up", BELOW: "triangle-down"}
_NARROW = {"color": MUTED, "width": 1.5, "dash": "2px,3px"}
_WIDE = {"color": MUTED, "width": 1.5, "dash": "7px,5px"}


def draw(model: Cloud) -> go.Figure:
    """A column of points for each band, between its limits, on both sides of the reference."""
    figure = blank(HEIGHT)
    _add_level(figure, model, lambda _: model.reference, {"color": NEUTRAL, "width": 1.5})
    _add_level(figure, model, lambda told: told.low95, _NARROW)
    _add_level(figure, model, lambda told: told.high95, _NARROW)
    _add_level(figure, model, lambda told: told.low998, _WIDE)
    _add_level(figure, model, lambda told: told.high998, _WIDE)
    for place, band in enumerate(model.bands):
        _add_structures(figure, model, band, place)
    names = [model.short_name(band.code).replace(" ", "<br>") for band in model.bands]
    figure.update_layout(
        yaxis=value_axis("valeur de chaque structure", model.unite, *_extent(model)),
        xaxis=axis(
            model.bands_title,
            tickvals=list(range(len(names))),
            ticktext=names,
            range=[-0.55, len(names) - 0.45],
            showgrid=False,
        ),
    )
    return figure


def _add_level(figure: go.Figure, model: Cloud, level: Callable[[Limits], int], line: dict) -> None:
    across: list[float | None] = []
    levels: list[int | None] = []
    for place, band in enumerate(model.bands):
        end = level(band.limits) if band.limits else None
        across += [place - 0.5, place + 0.5]
        levels += [end, end]
    figure.add_scatter(x=across, y=levels, mode="lines", line=line, hoverinfo="skip", connectgaps=False)


def _add_structures(figure: go.Figure, model: Cloud, band: Band, place: int) -> None:
    placed = [(place + _WIDTH * ((order * _STEP) % 1 - 0.5), each) for order, each in enumerate(band.structures, 1)]
    unnamed = [(across, each) for across, each in placed if not each.name]
    named = [(across, each) for across, each in placed if each.name]
    apart = [bool(each.apart) for _, each in unnamed]
    marker = {
        "symbol": [_SYMBOLS.get(each.apart, "circle") for _, each in unnamed],
        "size": [13 if each else 8 for each in apart],
        "color": [INK if each else NEUTRAL for each in apart],
        "opacity": [1 if each else 0.7 for each in apart],
    }
    _add_marks(figure, model, unnamed, marker)
    if named:
        symbols = [_SYMBOLS.get(each.apart, "diamond") for _, each in named]
        _add_marks(
            figure,
            model,
            named,
            {"symbol": symbols, "size": [16 if each.apart else 19 for _, each in named], "color": INK, "opacity": 1},
            lettered=True,
        )


def _add_marks(
    figure: go.Figure, model: Cloud, placed: list[tuple[float, Structure]], marker: dict, *, lettered: bool = False
) -> None:
    figure.add_scatter(
        x=[across for across, _ in placed],
        y=[each.value for _, each in placed],
        mode="markers+text" if lettered else "markers",
        marker={**marker, "line": {"color": GROUND, "width": 1}},
        text=[each.letter for _, each in placed] if lettered else None,
        textfont={"color": [INK if each.apart else GROUND for _, each in placed], "size": 11},
        textposition=[_LETTERS.get(each.apart, "middle center") for _, each in placed],
        customdata=[typeset(model.said(each)) for _, each in placed],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _extent(model: Cloud) -> tuple[float, float]:
    limits = [end for band in model.bands if band.limits for end in (band.limits.low998, band.limits.high998)]
    ends = [*limits, *(each.value for each in model.structures)]
    return min(ends, default=0), max(ends, default=5)
