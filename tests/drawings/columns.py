"""A cloud of structures: a column for each band of base, percents upward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.theme import INK, NEUTRAL
from tests.drawings.canvas import RIGHT, SMALL_SIZE, Canvas
from tests.drawings.scale import Scale, upright

BANDS = {"11–19": 11, "20–49": 20, "50–99": 50, "100 et plus": 100}
"""Each band and its least size, from which its limits are worked out."""


@dataclass(frozen=True)
class Columns:
    """The frame of a cloud: one column for each band, percents upward."""

    bands: Sequence[str]
    scale: Scale
    left: float = 78
    right: float = RIGHT

    def side(self, rank: int) -> tuple[float, float]:
        """The left and the right of a column."""
        wide = (self.right - self.left) / len(self.bands)
        return self.left + wide * rank + 8, self.left + wide * (rank + 1) - 8

    def draw(self, canvas: Canvas, ticks: Sequence[int], bottom: float) -> None:
        """The level lines, and the names of the bands under them."""
        upright(canvas, self.scale, ticks, self.left, self.right)
        for rank, band in enumerate(self.bands):
            canvas.words(sum(self.side(rank)) / 2, bottom + 26, band, anchor="middle", size=SMALL_SIZE)

    def level(self, canvas: Canvas, rank: int, percent: float, *, dashes: str, colour: str = INK) -> None:
        """A level line over a column."""
        left, right = self.side(rank)
        canvas.line([(left, self.scale(percent)), (right, self.scale(percent))], dashes=dashes, colour=colour)

    def points(self, canvas: Canvas, rank: int, percents: Sequence[float], shapes: Sequence[str]) -> None:
        """The structures of a band, side by side in no order that means anything."""
        left, right = self.side(rank)
        for place, (percent, shape) in enumerate(zip(percents, shapes, strict=True)):
            apart = shape != "circle"
            x = left + (right - left) * (place + 1) / (len(percents) + 1)
            canvas.mark(x, self.scale(percent), shape=shape, colour=INK if apart else NEUTRAL, radius=8 if apart else 6)
