"""Synthèse: where things stand, what moved, what cannot be said."""

from __future__ import annotations

import streamlit as st

from dashboard import reading
from dashboard.components import cards, frame
from dashboard.components.html import tag, write
from dashboard.components.notices import needs_release
from dashboard.views import summary

TITLE = "Synthèse"
READING = (
    "Comment lire : chaque valeur est la moyenne des structures, où chaque structure compte autant ; "
    "la bande sur la ligne de 0 à 100 % est sa fourchette de variation due au hasard."
)


@needs_release(TITLE)
def page() -> None:
    selection = frame.head(TITLE)
    fields, values = reading.quality_fields(), reading.values(selection.period)
    if not fields:
        write(tag("p", "Cette édition ne contient aucune mesure."))
        return
    write(cards.opening(summary.opening(fields, values, selection)))
    for place, column in zip(st.columns(len(fields)), summary.columns(fields, values, selection), strict=True):
        with place:
            write(cards.field(column, selection.query))
    write(tag("p", READING, "muted"))
    _unsaid(summary.unsaid(fields, values, reading.units(), selection))


def _unsaid(notes: list[str]) -> None:
    write(tag("h2", "Ce que cette édition ne peut pas dire"))
    if notes:
        write('<ul class="unsaid">', *(tag("li", note) for note in notes), "</ul>")
        write(tag("p", "Un résultat non diffusé ne dit rien de bon ni de mauvais : il protège les personnes.", "muted"))
    else:
        write(tag("p", "Toutes les mesures peuvent être montrées pour cette période."))
