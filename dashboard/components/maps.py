"""A map with its tones in words, alone or beside the chart of the same figures, and one table equal to both."""

from __future__ import annotations

import streamlit as st

from dashboard import cache
from dashboard.charts.layout import CONFIG
from dashboard.charts.territory_map import colours, draw
from dashboard.components import behaviour, downloads
from dashboard.components.figures import Drawing
from dashboard.components.fold import fold
from dashboard.components.html import table, tag, words, write
from dashboard.report.pictures import Told
from dashboard.text.typography import typeset
from dashboard.views.territory_map import TerritoryMap

_SWATCH = (
    "display:inline-block;width:18px;height:13px;border:1px solid #4a5a6a;vertical-align:-1px;forced-color-adjust:none"
)
_HATCHES = "repeating-linear-gradient(135deg,#ffffff 0 4px,#8996a2 4px 5px)"


def map_with_table(title: str, model: TerritoryMap, *, reading: str, key: str, beside: Drawing | None = None) -> None:
    """The map under its title, then `beside`, a drawing of the same figures, then their table, closed until asked for."""
    drawing = Drawing(title, draw, model, reading=reading)
    if beside is None:
        _drawn(drawing, legend(model), key=f"carte-{key}")
    else:
        left, right = st.columns(2, gap="large")
        with left:
            _drawn(drawing, legend(model), key=f"carte-{key}")
        with right:
            _drawn(beside, "", key=f"valeurs-{key}")
    with fold("Voir le tableau", key=f"table-{key}", flat=False):
        write(table(model.table))
        told = Told(model.table.caption, model.below, model.alt)
        downloads.of_chart(cache.drawn(draw, model), told, model.table, key=f"carte-{key}")


def legend(model: TerritoryMap) -> str:
    """A list of tones from the palest to the darkest, then the hatches where an area has no figure."""
    tones = [*zip(model.steps, colours(model), strict=True)]
    if model.silences:
        tones.append((model.silent, _HATCHES))
    items = "".join(
        f'<li><span style="{_SWATCH};background:{tone}" aria-hidden="true"></span> {words(said)}</li>'
        for said, tone in tones
    )
    return f'<ul class="legend">{items}</ul>'


def _drawn(drawing: Drawing, tones: str, *, key: str) -> None:
    write(tag("p", drawing.title, "chart-title"), tones)
    figure = cache.drawn(drawing.draw, drawing.model)
    st.plotly_chart(figure, theme=None, config=CONFIG, alt=typeset(drawing.model.alt), key=key)
    write(behaviour.reading(drawing.reading))
