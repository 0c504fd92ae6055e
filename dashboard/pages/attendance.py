"""Fréquentation: how many receptions the networks counted, apart from quality."""

from __future__ import annotations

import streamlit as st

from dashboard import cache
from dashboard.charts import attendance as chart
from dashboard.components import frame
from dashboard.components.figures import chart_with_table
from dashboard.components.html import tag, write
from dashboard.components.notices import needs_release
from dashboard.queries import attendance as queries
from dashboard.views import attendance

TITLE = "Fréquentation"


@needs_release(TITLE)
def page() -> None:
    selection = frame.head(TITLE, css="apart")
    unit, period = selection.unit, selection.period
    counts = cache.load(queries.counts, niveau=unit.niveau, unite_id=unit.id)
    write(
        '<div class="opening apart">',
        tag("p", attendance.opening(counts, unit, period)),
        tag("p", attendance.WHAT_IT_IS_NOT),
        "</div>",
        tag("p", attendance.SOURCE, "muted"),
    )
    quarters, channels = attendance.by_quarter(counts, unit), attendance.by_channel(counts, unit, period)
    left, right = st.columns(2, gap="large")
    with left:
        _shown("Par trimestre", chart.draw_quarters, quarters, key="trimestres")
    with right:
        _shown(f"Par canal, année {period.debut.year}", chart.draw_channels, channels, key="canaux")


def _shown(title: str, draw, counts: attendance.Counts, *, key: str) -> None:
    if counts.rows:
        write(tag("h2", title, "sr-only"))
        chart_with_table(title, draw, counts, key=key)
    else:
        write(tag("h2", title), tag("p", "Aucun nombre dans cette édition."))
