"""A figure, its description and its equal table, with the file to download."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, Protocol

import plotly.graph_objects as go
import streamlit as st

from dashboard import cache
from dashboard.charts.layout import CONFIG
from dashboard.components import frame
from dashboard.components.html import table, tag, write
from dashboard.text.typography import typeset
from dashboard.views.edition import USE
from dashboard.views.tables import Table, csv_file


class Drawable(Protocol):
    """A view model that can be drawn, described and tabulated."""

    @property
    def alt(self) -> str: ...

    @property
    def table(self) -> Table: ...


def chart_with_table(title: str, draw: Callable[[Any], go.Figure], model: Drawable, *, key: str) -> None:
    """The chart under its title, then the same content as a table, closed until asked for."""
    write(tag("h4", title, "chart-title"))
    st.plotly_chart(cache.drawn(draw, model), theme=None, config=CONFIG, alt=typeset(model.alt), key=f"chart-{key}")
    with st.expander(f"Voir le tableau ({title[:1].lower()}{title[1:]})", key=f"table-{key}"):
        write(table(model.table))
        download(model.table, key=key)


def download(content: Table, *, key: str) -> None:
    """The table as a file, with what it is about inside."""
    st.download_button(
        "Télécharger (CSV)",
        data=csv_file(content, (frame.sentence(), USE)),
        file_name=f"{_slug(content.caption)}.csv",
        mime="text/csv",
        key=f"file-{key}",
        on_click="ignore",
    )


def _slug(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:80]
