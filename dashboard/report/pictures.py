"""The picture of a chart, drawn by a browser of this machine when it is asked for: nothing is fetched from anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import Literal

import plotly.graph_objects as go

from dashboard.charts.foreign_tags import without_foreign_tags
from dashboard.text.typography import typeset
from dashboard.theme import INK, MUTED
from grids.errors import SproError

Format = Literal["png", "svg"]

WIDTH = 900
ABSENT = "L'image n'est pas proposée : il manque sur ce serveur le navigateur qui la dessine."
REMEDY = "La personne qui tient l'outil peut installer Chromium ; les données, elles, se téléchargent."

_SHARP = 2
"""Pixels of a PNG for one of the page."""
_PATIENCE_SECONDS = 60
_TITLE_SIZE, _TITLE_LINE, _LONGEST_TITLE = 18, 25, 88
_SIZE, _LINE, _LONGEST = 12, 17, 128
_EDGE = 14
# A server has no font of a system's own: the same picture is drawn on all of them.
_FONT = "'Liberation Sans', 'Segoe UI', 'DejaVu Sans', Arial, sans-serif"
# Whatever would leave this machine is sent where nobody listens.
_NOWHERE = "http://127.0.0.1:9"
# Each picture starts a browser, and one at a time is enough for a small server. It has a thread of its own, since whoever
# asks may stand in a loop of events that already runs, and two of them have no room in one thread.
_one_at_a_time = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")


@dataclass(frozen=True)
class Told:
    """What is written in a picture: above the chart, and below it; `alt` describes the chart to who does not see it."""

    title: str
    below: tuple[str, ...]
    alt: str


def picture(figure: go.Figure, told: Told, shape: Format) -> bytes:
    """The figure between its title and what it is about. Raises SproError where no browser can draw it."""
    framed_figure = framed(figure, told)
    drawn = draw(framed_figure, shape, width=WIDTH, height=int(framed_figure.layout.height))
    return described(drawn, told) if shape == "svg" else drawn


def draw(figure: go.Figure, shape: Format, *, width: int, height: int) -> bytes:
    """The figure alone, `width` × `height` in pixels of the page. Raises SproError where no browser can draw it."""
    return draw_all([(figure, width, height)], shape)[0]


def draw_all(figures: Sequence[tuple[go.Figure, int, int]], shape: Format) -> list[bytes]:
    """Figures, each with its width and height in pixels of the page, drawn by one browser. Raises SproError."""
    if not available():
        raise SproError(ABSENT, remedy=REMEDY)
    try:
        return _one_at_a_time.submit(lambda: asyncio.run(_drawn(figures, shape))).result()
    except Exception as error:  # the browser, its pipes, its time: whatever fails, the reader needs one sentence
        raise SproError("L'image n'a pas pu être dessinée.", remedy="Réessayez dans un instant.") from error


async def _drawn(figures: Sequence[tuple[go.Figure, int, int]], shape: Format) -> list[bytes]:
    from kaleido import Kaleido

    scale = _SHARP if shape == "png" else 1
    async with Kaleido(mathjax=False, timeout=_PATIENCE_SECONDS, proxy_server=_NOWHERE) as browser:
        return [
            bytes(await browser.calc_fig(figure, {"format": shape, "width": width, "height": height, "scale": scale}))
            for figure, width, height in figures
        ]


@cache
def available() -> bool:
    """Whether this machine has the browser that draws; looked for once."""
    from choreographer.browsers import Chromium

    found = Chromium.find_browser(skip_local=False)
    return found is not None and Path(found).exists()


def framed(figure: go.Figure, told: Told) -> go.Figure:
    """A copy with room made for the words: the figure itself is shared, and stays as it is."""
    title = wrap(typeset(told.title), _LONGEST_TITLE)
    below = [line for words in told.below for line in wrap(typeset(words), _LONGEST)]
    above_height = _EDGE + _TITLE_LINE * len(title)
    below_height = _EDGE + _LINE * len(below)
    margin, height = figure.layout.margin, figure.layout.height
    under_axis = max(margin.b, _needed_under(figure))
    copied = go.Figure(figure)
    copied.update_layout(
        height=height + above_height + below_height + under_axis - margin.b,
        margin={"t": margin.t + above_height, "b": under_axis + below_height, "l": max(margin.l, _EDGE)},
        font={"family": _FONT},
        title={"text": f"<b>{'<br>'.join(title)}</b>", **_title_place()},
    )
    copied.add_annotation(text="<br>".join(below), yshift=-(under_axis + below_height), **_below_place())
    return without_foreign_tags(copied)


def described(svg: bytes, told: Told) -> bytes:
    """The drawing with its title and its description, as assistive technologies read them."""
    spoken = (
        f' role="img" aria-labelledby="titre description"><title id="titre">{escape(typeset(told.title))}</title>'
        f'<desc id="description">{escape(typeset(" ".join((told.alt, *told.below))))}</desc>'
    )
    return svg.decode("utf-8").replace(">", spoken, 1).encode("utf-8")


def _needed_under(figure: go.Figure) -> int:
    """What the words of the horizontal axis take, in pixels: plotly makes that room by itself, and tells nobody."""
    across = figure.layout.xaxis
    lines = max((str(text).count("<br>") + 1 for text in across.ticktext or ("",)), default=1)
    return 14 + 18 * lines + (28 if across.title.text else 0)


def _title_place() -> dict:
    return {
        "x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top",
        "pad": {"l": _EDGE, "t": _EDGE}, "font": {"size": _TITLE_SIZE, "color": INK},
    }  # fmt: skip


def _below_place() -> dict:
    return {
        "x": 1, "xref": "paper", "xanchor": "right", "y": 0, "yref": "paper", "yanchor": "bottom",
        "align": "right", "showarrow": False, "font": {"size": _SIZE, "color": MUTED},
    }  # fmt: skip
