"""Rows one under the other: a sentence, and under it the figure with its range."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.theme import BLUE, BLUE_SOFT
from tests.drawings.canvas import LEFT, Canvas
from tests.drawings.scale import Scale

ROW = 66
"""From one row to the next."""


def range_row(
    canvas: Canvas,
    y: float,
    scale: Scale,
    told: str,
    bounds: tuple[float, float | None],
    value: float | None,
    *,
    shape: str = "circle",
    hollow: bool = False,
    colours: tuple[str, str] = (BLUE, BLUE_SOFT),
) -> None:
    """`told` on the base line y, and under it the range, with a mark on `value`; an arrow where it has no upper bound."""
    if told:
        canvas.words(LEFT, y, told)
    low, high = bounds
    bar = y + 23
    if high is None:
        canvas.arrow((scale(low), bar), (scale.end, bar), colour=colours[1], width=8)
    else:
        canvas.line([(scale(low), bar), (scale(high), bar)], colour=colours[1], width=8)
        canvas.line([(scale(high), bar - 7), (scale(high), bar + 7)], colour=colours[0])
    canvas.line([(scale(low), bar - 7), (scale(low), bar + 7)], colour=colours[0])
    if value is not None:
        canvas.mark(scale(value), bar, shape=shape, colour=colours[0], radius=8, hollow=hollow)


def stacked_bar(
    canvas: Canvas, y: float, scale: Scale, start: float, parts: Sequence[tuple[float, str, str, str]]
) -> None:
    """A bar 38 high under y, of parts (size, words, colour, colour of the words) one after the other from `start` on."""
    for size, told, colour, ink in parts:
        left, right = scale(start), scale(start + size)
        canvas.band(left + 1, y, right - 1, y + 38, colour=colour)
        canvas.words((left + right) / 2, y + 26, told, anchor="middle", colour=ink, halo=False)
        start += size


def swatch(canvas: Canvas, x: float, y: float, told: str, colour: str) -> None:
    """One entry of a legend: a square of a colour, and what it stands for."""
    canvas.band(x, y - 15, x + 18, y + 3, colour=colour)
    canvas.words(x + 26, y, told)
