"""One line over time with its centre and its limits, in a frame of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.theme import INK, MUTED, NEUTRAL, NEUTRAL_BAND
from pipelines.statistics.chart import Chart, Floats, floats
from pipelines.statistics.signal_rules import OUTSIDE, SHIFT, TREND, TWO_OF_THREE
from tests.drawings.canvas import DASHES, Canvas
from tests.drawings.scale import Scale

_SHAPES = {OUTSIDE: "diamond", TWO_OF_THREE: "square", SHIFT: "cross"}
BAND_OPACITY = float(NEUTRAL_BAND.rpartition(",")[2].rstrip(")"))


@dataclass(frozen=True)
class Frame:
    """Where a line is drawn: periods from left to right, values from `bottom` up to `top`."""

    left: float
    top: float
    right: float
    bottom: float
    periods: int
    least: float
    most: float

    def x(self, period: float) -> float:
        """The middle of a period, the first being 0."""
        return Scale(-0.5, self.periods - 0.5, self.left, self.right)(period)

    def y(self, value: float) -> float:
        """The place of a value."""
        return Scale(self.least, self.most, self.bottom, self.top)(value)


def draw_chart(
    canvas: Canvas,
    frame: Frame,
    points: Sequence[float | None] | Floats,
    chart: Chart,
    *,
    start: int = 0,
    colour: str = INK,
) -> None:
    """The points from period `start` on, over the centre and the limits of their chart; those a rule marks in `colour`."""
    values = floats(points)
    _limits(canvas, frame, chart, start, values.size)
    for stretch in _stretches(values):
        canvas.line([(frame.x(start + place), frame.y(values[place])) for place in stretch], colour=NEUTRAL)
    for place in np.flatnonzero(~np.isnan(values)):
        label = chart.labels[place]
        x, y = frame.x(start + int(place)), frame.y(values[place])
        if label:
            canvas.mark(x, y, shape=_shape(label, values), colour=colour, radius=7.5)
        else:
            canvas.mark(x, y, colour=NEUTRAL, radius=5)


def steps(
    canvas: Canvas, frame: Frame, heights: Floats, *, start: int = 0, dashes: str = DASHES, colour: str = MUTED
) -> None:
    """A level line over each period, joined where the height changes."""
    places = []
    for place, height in enumerate(heights):
        y = frame.y(float(np.clip(height, frame.least, frame.most)))
        places += [(frame.x(start + place - 0.5), y), (frame.x(start + place + 0.5), y)]
    canvas.line(_without_middle(places), dashes=dashes, colour=colour)


def _without_middle(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same line, without the places in the middle of a level stretch."""
    last = len(places) - 1
    return [
        place
        for rank, place in enumerate(places)
        if rank in (0, last) or not places[rank - 1][1] == place[1] == places[rank + 1][1]
    ]


def _limits(canvas: Canvas, frame: Frame, chart: Chart, start: int, size: int) -> None:
    if np.isnan(chart.centre):
        return
    steps(canvas, frame, np.full(size, chart.centre), start=start, dashes="", colour=MUTED)
    if not np.isnan(chart.low).any():
        for heights in (chart.low, chart.high):
            steps(canvas, frame, heights, start=start)


def _stretches(values: Floats) -> list[list[int]]:
    """The places of the points, parted where a period has none."""
    found: list[list[int]] = [[]]
    for place, value in enumerate(values):
        if np.isnan(value):
            found.append([])
        else:
            found[-1].append(place)
    return [stretch for stretch in found if len(stretch) > 1]


def _shape(label: str, values: Floats) -> str:
    if label == TREND:
        return "triangle-up" if values[-1] > values[0] else "triangle-down"
    return _SHAPES[label]
