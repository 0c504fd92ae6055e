"""Fréquentation: how many receptions the networks counted, apart from quality."""

from __future__ import annotations

from dashboard import cache
from dashboard.access import DEPARTMENT
from dashboard.charts import attendance as chart
from dashboard.components import frame
from dashboard.components.figures import Drawing, charts_with_tables
from dashboard.components.html import tag, write
from dashboard.components.notices import needs_release
from dashboard.queries import attendance as queries
from dashboard.views import attendance
from dashboard.views.explanation import READING

TITLE = "Fréquentation"


@needs_release(TITLE)
def page() -> None:
    selection = frame.head(TITLE, css="apart")
    unit, period = selection.unit, selection.period
    if unit.niveau == DEPARTMENT:
        write(tag("p", attendance.NOT_HERE, "lead"))
        return
    counts = cache.load(queries.counts, niveau=unit.niveau, unite_id=unit.id)
    write(
        '<div class="opening apart">',
        tag("p", attendance.opening(counts, unit, period)),
        tag("p", attendance.WHAT_IT_IS_NOT),
        "</div>",
        tag("p", attendance.SOURCE, "muted"),
    )
    quarters, channels = attendance.by_quarter(counts, unit), attendance.by_channel(counts, unit, period)
    drawings = [
        Drawing("Par trimestre", chart.draw_quarters, quarters, reading=READING["counts"]),
        Drawing(f"Par canal, année {period.debut.year}", chart.draw_channels, channels, reading=READING["counts"]),
    ]
    write(tag("h2", "Par trimestre et par canal"))
    filled = [drawing for drawing in drawings if drawing.model.table.rows]
    if filled:
        charts_with_tables(*filled, key="frequentation")
    else:
        write(tag("p", "Aucun nombre dans cette édition pour ce territoire."))
