"""Figures, their description and their equal table, with the files to download."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import plotly.graph_objects as go
import streamlit as st

from dashboard import cache
from dashboard.charts.layout import CONFIG
from dashboard.components import behaviour, downloads
from dashboard.components.fold import fold
from dashboard.components.html import table, tag, write
from dashboard.report.pictures import Told
from dashboard.selection import Selection
from dashboard.text.typography import typeset
from dashboard.views.legend import Key
from dashboard.views.tables import Table


class Drawable(Protocol):
    """A view model that can be drawn, described and tabulated."""

    @property
    def alt(self) -> str: ...

    @property
    def table(self) -> Table: ...


@dataclass(frozen=True)
class Drawing:
    """A chart to show: its title, how to draw it, what to draw; what it says; its key, its notes and how to read it."""

    title: str
    draw: Callable[[Any], go.Figure]
    model: Drawable
    sentence: str = ""
    legend: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()
    reading: str = ""


def charts_with_tables(*drawings: Drawing, key: str, flat: bool = False, about: Selection | None = None) -> None:
    """Charts side by side under their titles, then the same content as tables, closed until asked for unless `flat`.

    `about`: what the files say they are about, where that is not what the sidebar says.
    """
    for place, drawing in zip(st.columns(len(drawings), gap="large"), drawings, strict=True):
        with place:
            _chart(drawing, key=f"{key}-{drawing.title}")
    with fold("Voir le tableau" if len(drawings) == 1 else "Voir les tableaux", key=f"table-{key}", flat=flat):
        for drawing in drawings:
            write(table(drawing.model.table))
            _download(drawing, about, key=f"{key}-{drawing.title}")


def _chart(drawing: Drawing, *, key: str) -> None:
    write(tag("p", drawing.title, "chart-title"), tag("p", drawing.sentence, "said"))
    figure = cache.drawn(drawing.draw, drawing.model)
    st.plotly_chart(figure, theme=None, config=CONFIG, alt=typeset(drawing.model.alt), key=f"chart-{key}")
    notes = (tag("p", note, "muted") for note in drawing.notes)
    write(behaviour.legend(drawing.legend), *notes, behaviour.reading(drawing.reading))


def _download(drawing: Drawing, about: Selection | None, *, key: str) -> None:
    """The chart as a picture, with its key in words, and its table."""
    marks = " · ".join(f"{each.symbol} {each.words}" for each in drawing.legend)
    below = tuple(filter(None, (drawing.sentence, marks, *drawing.notes)))
    content, figure = drawing.model.table, cache.drawn(drawing.draw, drawing.model)
    downloads.of_chart(figure, Told(content.caption, below, drawing.model.alt), content, key=key, about=about)


def download(content: Table, *, key: str, about: Selection | None = None) -> None:
    """The table as files, with what it is about inside."""
    downloads.of_table(content, key=key, about=about)
