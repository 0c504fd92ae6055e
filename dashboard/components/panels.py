"""Small charts side by side, three on a line where there is room, with one table for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import plotly.graph_objects as go
import streamlit as st

from dashboard import cache
from dashboard.charts.layout import CONFIG
from dashboard.components.html import tag, write
from dashboard.text.typography import typeset

_ON_A_LINE = 3
_AT_FIRST = 6


class Named(Protocol):
    """A view model of one panel."""

    @property
    def name(self) -> str: ...

    @property
    def alt(self) -> str: ...


def panels(models: Sequence[Named], draw: Callable[[Any], go.Figure], *, key: str) -> None:
    """A chart under the name of each; those beyond the first six are drawn only once they are asked for."""
    _lines(models[:_AT_FIRST], draw, key)
    if len(models) > _AT_FIRST:
        with st.expander(
            f"Voir les autres structures ({len(models) - _AT_FIRST})", key=f"more-{key}", on_change="rerun"
        ) as more:
            if more.open:
                _lines(models[_AT_FIRST:], draw, key)


def _lines(models: Sequence[Named], draw: Callable[[Any], go.Figure], key: str) -> None:
    for first in range(0, len(models), _ON_A_LINE):
        line = models[first : first + _ON_A_LINE]
        for place, model in zip(st.columns(_ON_A_LINE, gap="medium"), line, strict=False):
            with place:
                write(tag("p", model.name, "chart-title"))
                figure = cache.drawn(draw, model)
                st.plotly_chart(
                    figure, theme=None, config=CONFIG, alt=typeset(model.alt), key=f"panel-{key}-{model.name}"
                )
