"""The vector charts of a document: the product's own figures, in the document's letters, drawn by one browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.report import pictures

FONT = "Atkinson Hyperlegible"
WIDTH = 760
"""Pixels of the drawing, for the whole width of a page."""
_UNDER = 40


@dataclass(frozen=True)
class Chart:
    """A figure of a document: what stands above it, what it says to who does not see it, what is said under it."""

    title: str
    alt: str
    figure: go.Figure
    height: int
    notes: tuple[str, ...] = ()

    def told(self, drawing: str) -> dict[str, object]:
        """What the layout knows of it; `drawing`: the name of its file, empty where it could not be drawn."""
        axis = f"Axe vertical : {words}." if (words := self.figure.layout.yaxis.title.text) else ""
        return {"title": self.title, "alt": self.alt, "notes": [axis, *self.notes], "drawing": drawing}


def drawn(charts: Sequence[Chart | None]) -> tuple[list[dict[str, object] | None], dict[str, bytes]]:
    """What the layout is told of each chart, and the drawings by name; without a browser there is none, and it says so."""
    kept = [each for each in charts if each is not None]
    if not kept or not pictures.available():
        return [each.told("") if each else None for each in charts], {}
    figures = [(_in_letters(each), WIDTH, each.height) for each in kept]
    names = [f"courbe-{order}.svg" for order, _ in enumerate(kept)]
    drawings = dict(zip(names, pictures.draw_all(figures, "svg"), strict=True))
    waiting = iter(names)
    return [each.told(next(waiting)) if each else None for each in charts], drawings


def _in_letters(chart: Chart) -> go.Figure:
    copied = go.Figure(chart.figure)
    margin = {"t": chart.figure.layout.margin.t, "b": _UNDER, "l": 8, "r": 8}
    copied.update_layout(font={"family": FONT}, height=chart.height, margin=margin)
    # On a chart so low the words of the axis would be cut: they stand below it.
    copied.update_yaxes(title_text="")
    return copied
