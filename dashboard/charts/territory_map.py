"""Brittany as filled outlines: one trace for each area, told by hover; no tiles, no service, nothing leaves the page."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, radians

import plotly.graph_objects as go

from dashboard.charts.layout import blank
from dashboard.text.typography import typeset
from dashboard.theme import GROUND, INK, MUTED
from dashboard.views.territory_map import Area, Ring, TerritoryMap

HEIGHT = 290
WIDE_HEIGHT = 500
LATITUDE = 48.2
"""At which a degree of longitude is measured: the middle of Brittany."""
GRAIN = 0.004
"""Outlines are drawn to this fraction of a degree, under half a pixel on half a page; neighbours stay neighbours."""

# None is so dark that words written in ink could not be read on it.
_BLUES = ("#e3edf8", "#c4d9ef", "#a3c3e5", "#7fa8d6", "#6499cf")
_GREYS = ("#e6ebf0", "#d3dae1", "#bcc6cf", "#a2aeb9", "#8996a2")
_OUTLINE = {"color": MUTED, "width": 0.7}
_CHOSEN = {"color": INK, "width": 1.8}
_HATCHES = {"shape": "/", "bgcolor": GROUND, "fgcolor": "#afb9c3", "size": 6, "solidity": 0.18}


def colours(model: TerritoryMap) -> tuple[str, ...]:
    """The colour of each step of a map, the palest first. Few steps are close tones: two never look worlds apart."""
    tones, count = _BLUES if model.coloured else _GREYS, len(model.steps)
    first = (len(tones) - count + 1) // 2
    return tones[first : first + count]


def draw(model: TerritoryMap) -> go.Figure:
    """Each area in its tone, hatched without a figure, with its label where it has one."""
    figure = blank(WIDE_HEIGHT if model.wide else HEIGHT)
    tones = colours(model)
    # What lies inside another is drawn over it, and the outline of what is chosen over its neighbours'.
    for area in sorted(model.areas, key=lambda each: (each.chosen, -_extent(each))):
        _add_area(figure, area, None if area.step is None else tones[area.step])
    _add_labels(figure, [area for area in model.areas if area.label])
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    figure.update_layout(
        margin={"l": 0, "r": 0, "t": 4, "b": 4},
        xaxis={**hidden, "constraintoward": "left"},
        yaxis={**hidden, "constraintoward": "top", "scaleanchor": "x", "scaleratio": 1},
        hovermode="closest",
    )
    return figure


def _add_area(figure: go.Figure, area: Area, colour: str | None) -> None:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in area.rings:
        points = _lightened(ring)
        xs += [x for x, _ in points] + [None]
        ys += [y for _, y in points] + [None]
    fill = {"fillcolor": colour} if colour else {"fillpattern": _HATCHES}
    figure.add_scatter(
        x=xs[:-1],
        y=ys[:-1],
        mode="lines",
        line=_CHOSEN if area.chosen else _OUTLINE,
        fill="toself",
        hoveron="fills",
        hoverinfo="text",
        text=typeset(area.told),
        **fill,
    )


def _add_labels(figure: go.Figure, labelled: list[Area]) -> None:
    middles = [_middle(max(area.rings, key=_surface)) for area in labelled]
    figure.add_scatter(
        x=[x for x, _ in middles],
        y=[y for _, y in middles],
        mode="text",
        text=[typeset(area.label).replace("\n", "<br>") for area in labelled],
        textfont={"size": 13, "color": INK},
        hoverinfo="skip",
    )


def _lightened(ring: Ring) -> list[tuple[float, float]]:
    """The ring on the plane, on a fine lattice, without the points that it makes one."""
    points: list[tuple[float, float]] = []
    for longitude, latitude in ring:
        point = _placed(round(longitude / GRAIN) * GRAIN, round(latitude / GRAIN) * GRAIN)
        if not points or point != points[-1]:
            points.append(point)
    return points


def _placed(longitude: float, latitude: float) -> tuple[float, float]:
    return round(longitude * cos(radians(LATITUDE)), 4), round(latitude, 4)


def _surface(ring: Ring) -> float:
    return abs(sum(_crossed(ring))) / 2


def _extent(area: Area) -> float:
    return sum(_surface(ring) for ring in area.rings)


def _middle(ring: Ring) -> tuple[float, float]:
    """Where to write: halfway along the widest stretch of the area at the latitude of its centre of gravity."""
    latitude = _central_latitude(ring)
    crossings = sorted(
        x + (latitude - y) * (next_x - x) / (next_y - y)
        for (x, y), (next_x, next_y) in _sides(ring)
        if (y > latitude) != (next_y > latitude)
    )
    west, east = max(zip(crossings[::2], crossings[1::2], strict=True), key=lambda ends: ends[1] - ends[0])
    return _placed((west + east) / 2, latitude)


def _central_latitude(ring: Ring) -> float:
    crossed = list(_crossed(ring))
    sums = ((y + next_y) * each for ((_, y), (_, next_y)), each in zip(_sides(ring), crossed, strict=True))
    return sum(sums) / (3 * sum(crossed))


def _sides(ring: Ring) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    return zip(ring, ring[1:] + ring[:1], strict=True)


def _crossed(ring: Ring) -> Iterator[float]:
    for (x, y), (next_x, next_y) in _sides(ring):
        yield x * next_y - next_x * y
