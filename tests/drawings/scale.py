"""From numbers to places: a scale, and the axis that lets a reader go back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.theme import GRID, MUTED, RULE
from tests.drawings.canvas import LEFT, RIGHT, SMALL_SIZE, Canvas

Ticked = Callable[[float], float]
"""What tells the place of a number."""


@dataclass(frozen=True)
class Scale:
    """Numbers from `least` to `most`, laid from `start` to `end` (in pixels; start > end for a scale that goes up)."""

    least: float
    most: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a number."""
        return self.start + (value - self.least) / (self.most - self.least) * (self.end - self.start)


def level(least: float, most: float, *, start: float = LEFT + 14, end: float = RIGHT - 22) -> Scale:
    """A scale over the width of the page, with room for the words under its ends."""
    return Scale(least, most, start, end)


def axis(canvas: Canvas, scale: Scale, ticks: Sequence[float], y: float, *, unit: str = "", top: float = 0) -> None:
    """A level axis at y, its ticks named under it, and faint lines from `top` down to it."""
    for tick in ticks:
        canvas.line([(scale(tick), top or y), (scale(tick), y + 5)], colour=GRID if top else RULE, width=1.5)
    canvas.line([(scale.start, y), (scale.end, y)], colour=RULE)
    for tick in ticks:
        told = f"{whole(tick)} {unit}" if unit and tick == ticks[-1] else whole(tick)
        canvas.words(scale(tick), y + 24, told, anchor="middle", size=SMALL_SIZE, colour=MUTED)


def upright(canvas: Canvas, scale: Ticked, ticks: Sequence[float], left: float, right: float, unit: str = "%") -> None:
    """Faint level lines from `left` to `right`, each named at its left, the last with its unit."""
    for tick in ticks:
        told = f"{whole(tick)} {unit}" if unit and tick == ticks[-1] else whole(tick)
        canvas.line([(left, scale(tick)), (right, scale(tick))], colour=GRID, width=1.5)
        canvas.words(left - 8, scale(tick) + 6, told, anchor="end", size=SMALL_SIZE, colour=MUTED)


def whole(value: float) -> str:
    """A whole number with the true minus sign."""
    return f"{round(value)}".replace("-", "−")


def signed(value: float) -> str:
    """« +5 », « −3 », « 0 »."""
    return f"+{round(value)}" if round(value) > 0 else whole(value)


def decimal(value: float, digits: int) -> str:
    """« 0,46 », « −0,75 », « 1 »: with so many decimals at most."""
    told = f"{value:.{digits}f}"
    return (told.rstrip("0").rstrip(".") if digits else told).replace("-", "−").replace(".", ",")
