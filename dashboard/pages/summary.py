"""Synthèse: where things stand, what moved, what cannot be said."""

from __future__ import annotations

import streamlit as st

from dashboard import findings, reading
from dashboard.components import cards, elsewhere, frame
from dashboard.components.html import tag, write
from dashboard.components.notices import needs_release
from dashboard.views import availability, summary, unsaid

TITLE = "Synthèse"
READING = (
    "Comment lire : chaque valeur est la moyenne des structures, où chaque structure compte autant ; "
    "à côté, sa fourchette de variation due au hasard, et la valeur d'un an avant."
)


@needs_release(TITLE)
def page() -> None:
    selection = frame.head(TITLE)
    if elsewhere.by_year_only(selection):
        return
    fields, values, history = (
        reading.quality_fields(selection.period),
        reading.values(selection.period),
        reading.history(),
    )
    if elsewhere.all_hidden((each for field in fields for each in field.criteria), values, selection):
        return
    write(cards.opening(summary.opening(fields, values, selection, history)))
    standings = findings.standings(selection.unit, selection.period)
    columns = summary.columns(fields, values, selection, history, standings)
    for place, column in zip(st.columns(len(fields)), columns, strict=True):
        with place:
            write(cards.field(column, selection.query))
    write(tag("p", READING, "muted"))
    write(tag("h2", "Ce que cette édition ne peut pas dire"), tag("p", unsaid.opening(fields)))
    _silences(unsaid.unsaid(fields, values, availability.units_told(reading.units(), selection.period), selection))


def _silences(silences: list[unsaid.Silence]) -> None:
    if not silences:
        write(tag("p", "Tout ce que la grille mesure peut être montré pour cette période."))
        return
    with st.expander("Voir quoi, et pourquoi", key="non-dit"):
        for silence in silences:
            write(
                tag("h3", silence.reason), '<ul class="unsaid">', *(tag("li", line) for line in silence.lines), "</ul>"
            )
        write(tag("p", "Un résultat non diffusé ne dit rien de bon ni de mauvais : il protège les personnes.", "muted"))
