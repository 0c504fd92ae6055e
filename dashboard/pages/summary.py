"""Synthèse: where things stand, what changed, what the committee is asked to decide; then each criterion on a line."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, committee, reading
from dashboard.components import cards, elsewhere, frame
from dashboard.components.html import said, tag, write
from dashboard.components.notices import needs_release
from dashboard.report.button import note_button
from dashboard.views import availability, summary, unsaid
from dashboard.views.matter import Matter

TITLE = "Synthèse"
READING = (
    "Comment lire : chaque valeur est la moyenne des structures, où chaque structure compte autant ; à côté, sa fourchette "
    "de variation due au hasard, et combien de structures ont un chiffre. La flèche dit comment la courbe varie, le rond si "
    "le seuil choisi par les réseaux est atteint ; les mots à côté disent la même chose."
)


@needs_release(TITLE)
def page() -> None:
    selection = frame.head(TITLE)
    if elsewhere.by_year_only(selection):
        return
    matter = committee.matter(selection)
    if elsewhere.all_hidden(matter.criteria, matter.values, selection):
        return
    write(cards.committee(committee.committee(selection)))
    note_button(selection)
    for place, column in zip(st.columns(len(matter.fields)), cache.viewed(summary.columns, matter), strict=True):
        with place:
            write(cards.field(column, selection.query))
    write(tag("p", READING, "muted"))
    _cycles(matter)
    _unsaid(matter)


def _cycles(matter: Matter) -> None:
    write(tag("h2", "Les actions en cours"), tag("p", summary.cycles_sentence(matter)))
    write(cards.cycles(summary.cycles(matter)))


def _silences(matter: Matter) -> list[unsaid.Silence]:
    units = availability.units_told(reading.units(), matter.selection.period)
    return unsaid.unsaid(matter.fields, matter.values, units, matter.selection)


def _unsaid(matter: Matter) -> None:
    silences = cache.viewed(_silences, matter)
    write(tag("h2", "Ce que cette édition ne peut pas dire"), tag("p", unsaid.opening(matter.fields, silences)))
    if not silences:
        write(tag("p", "Tout ce que la grille mesure peut être montré pour cette période."))
        return
    with st.expander(said("Voir quoi, et pourquoi"), key="non-dit"):
        for silence in silences:
            write(
                tag("h3", silence.reason), '<ul class="unsaid">', *(tag("li", line) for line in silence.lines), "</ul>"
            )
        write(tag("p", "Un résultat non diffusé ne dit rien de bon ni de mauvais : il protège les personnes.", "muted"))
