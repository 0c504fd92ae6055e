"""A measure told modality by modality of one breakdown: the choice, the chart with its table, how to read it."""

from __future__ import annotations

import streamlit as st

from dashboard import filters
from dashboard.charts import comparison as comparison_chart
from dashboard.charts import distribution as distribution_chart
from dashboard.components.figures import Drawing, charts_with_tables
from dashboard.components.html import tag, write
from dashboard.selection import ACCORDING_TO, Selection
from dashboard.text.typography import capitalised
from dashboard.views import breakdown as view
from dashboard.views.breakdown import Breakdown, Breakdowns
from dashboard.views.explanation import READING
from dashboard.views.measures import Measure
from dashboard.views.values import Values


def show_breakdown(
    measure: Measure, values: Values, told: Breakdowns | None, selection: Selection, *, flat: bool
) -> None:
    """Draw it under its own title, once asked for; `told` is None where no breakdown is ever told."""
    if told is None or measure.fait_d_organisation:
        return
    offered = told.of(measure)
    if not offered:
        write(tag("p", view.NOTHING, "muted"))
        return
    if flat:
        write(tag("p", view.title(offered), "chart-title"))
        _chosen(measure, values, told, offered, selection)
        return
    opened = bool(filters.asked(ACCORDING_TO))
    with st.expander(view.title(offered), key=f"selon-{measure.id}", expanded=opened, on_change="rerun") as more:
        if more.open:
            _chosen(measure, values, told, offered, selection)


def _chosen(measure: Measure, values: Values, told: Breakdowns, offered: list[Breakdown], selection: Selection) -> None:
    asked = filters.asked(ACCORDING_TO)
    chosen = next((each for each in offered if each.code == asked), offered[0])
    names = {each.code: capitalised(each.label) for each in offered}
    filters.choose("Selon", ACCORDING_TO, names, chosen.code, key=f"selon-quoi-{measure.id}")
    if asked and asked != chosen.code:
        write(tag("p", view.instead(asked, chosen), "muted"))
    if view.none_told(measure, told, chosen, selection.unit, selection.period):
        write(tag("p", view.ALL_HIDDEN))
    charts_with_tables(_drawing(measure, values, told, chosen, selection), key=f"selon-{measure.id}", flat=True)
    write(tag("p", READING["breakdown"], "muted"))


def _drawing(measure: Measure, values: Values, told: Breakdowns, chosen: Breakdown, selection: Selection) -> Drawing:
    unit, period = selection.unit, selection.period
    title = f"Selon {chosen.label}, {unit.nom}, {period.name}"
    if measure.headline is None:
        spread = view.spread_by_modality(measure, values, told, chosen, unit, period)
        return Drawing(title, distribution_chart.draw, spread)
    return Drawing(title, comparison_chart.draw, view.by_modality(measure, values, told, chosen, unit, period))
