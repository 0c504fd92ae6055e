"""What all figures share: fonts, axes, the French words that plotly writes by itself."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Any

import plotly.graph_objects as go
from babel.dates import get_day_names, get_month_names

from dashboard.text import numbers
from dashboard.text.numbers import LOCALE
from dashboard.text.typography import typeset
from dashboard.theme import GRID, GROUND, INK, MUTED, RULE, SYSTEM_FONT


def _names(names: Any, first: int) -> list[str]:
    return [names[(first + index) % len(names) if len(names) == 7 else first + index] for index in range(len(names))]


def _french() -> dict[str, Any]:
    # plotly counts days from Sunday, Babel from Monday.
    return {
        "dictionary": {},
        "format": {
            "days": _names(get_day_names("wide", locale=LOCALE), 6),
            "shortDays": _names(get_day_names("abbreviated", locale=LOCALE), 6),
            "months": _names(get_month_names("wide", locale=LOCALE), 1),
            "shortMonths": _names(get_month_names("abbreviated", locale=LOCALE), 1),
            "date": "%d/%m/%Y",
            "decimal": ",",
            "thousands": "\u202f",
        },
    }


# The words go along with the figure: plotly would otherwise look for them in a file of its own.
CONFIG: dict[str, Any] = {"locale": "fr", "locales": {"fr": _french()}, "displayModeBar": False, "scrollZoom": False}


_SIGNED = ("points",)
_NAMED = ("T1 ", "janv. ")


def blank(height: int, *, left: int = 8, bottom: int = 48) -> go.Figure:
    """A figure without title, mode bar or zoom, on white, in the product's font."""
    return go.Figure(
        layout={
            "template": None,
            "height": height,
            "margin": {"l": left, "r": 16, "t": 8, "b": bottom},
            "paper_bgcolor": GROUND,
            "plot_bgcolor": GROUND,
            "font": {"family": SYSTEM_FONT, "size": 14, "color": INK},
            "hoverlabel": {"bgcolor": GROUND, "bordercolor": RULE, "font": {"color": INK, "size": 14}},
            "separators": ",\u202f",
            "showlegend": False,
            "dragmode": False,
        }
    )


def axis(title: str = "", **options: Any) -> dict[str, Any]:
    """An axis whose ticks and title are readable on white."""
    return {
        "title": {"text": typeset(title), "font": {"size": 13, "color": MUTED}, "standoff": 8},
        "tickfont": {"size": 13, "color": INK},
        "gridcolor": GRID,
        "linecolor": RULE,
        "zeroline": False,
        "fixedrange": True,
        "tickangle": 0,
        "automargin": True,
        **options,
    }


def percent_axis(title: str) -> dict[str, Any]:
    """0 to 100 %, always whole, so that two charts can be held side by side."""
    return axis(title, range=[-2, 102], tickvals=[0, 25, 50, 75, 100], ticktext=["0 %", "", "50 %", "", "100 %"])


def close_axis(title: str, unit: str, lowest: float, highest: float) -> dict[str, Any]:
    """An axis close around what is drawn, with round ticks: to see a line vary, never to hold two charts side by side."""
    step = next(each for each in (1, 2, 5, 10, 20, 50, 100, 200) if highest - lowest <= 4 * each or each == 200)
    first, last = step * floor(lowest / step), step * ceil(highest / step)
    if unit == "%":
        first, last = max(first, 0), min(last, 100)
    ticks = list(range(first, last + 1, step))
    words = [f"{numbers.number(tick)}{' %' if unit == '%' else ''}" for tick in ticks]
    margin = 0.06 * max(last - first, 1)
    return axis(f"{title} (axe resserré)", range=[first - margin, last + margin], tickvals=ticks, ticktext=words)


def value_axis(title: str, unit: str, lowest: float, highest: float) -> dict[str, Any]:
    """The axis of a measure: percents from 0 to 100, anything else from zero, or from below it when figures are."""
    if unit == "%":
        return percent_axis(title)
    if lowest < 0 or unit in _SIGNED or unit.endswith("d'écart"):
        reach = 1.12 * max(highest, -lowest, 5)
        ends = [-reach if lowest < 0 else -0.12 * reach, reach if highest > 0 else 0.12 * reach]
        return axis(title, range=ends, tickformat="d", zeroline=True, zerolinecolor=INK, zerolinewidth=1)
    return axis(title, range=[-0.3, max(highest, 5) * 1.08], rangemode="tozero", tickformat="d")


def period_ticks(labels: Sequence[str]) -> dict[str, Any]:
    """A tick for each period; of quarters and months, only the first of each year is named: words never collide."""
    named = [label.replace(" ", "<br>") if label.startswith(_NAMED) or " " not in label else "" for label in labels]
    return {"tickvals": list(range(len(labels))), "ticktext": named, "ticks": "outside", "tickcolor": RULE}
