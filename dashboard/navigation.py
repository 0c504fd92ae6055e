"""The pages, by heading: quality, the improvement itself, the networks' deliveries, and attendance apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard import filters, language_choice, reading, theme
from dashboard.access import HEAD_OF_NETWORK, ROLES, TEAM
from dashboard.components.html import said, tag, write
from dashboard.pages import (
    accessibility,
    attendance,
    data,
    data_quality,
    field,
    grid,
    methods,
    practices,
    specification,
    structure,
    summary,
    territories,
)
from dashboard.run import one_run
from dashboard.selection import PERIOD
from dashboard.server.document import TITLE
from grids.errors import SproError


@dataclass(frozen=True)
class Entry:
    """A page of the menu: for whom it is listed, and whether it is told by a period of its own rather than the chosen one."""

    title: str
    path: str
    draw: Callable[[], None]
    readers: tuple[str, ...] = ROLES
    own_period: bool = False


QUALITY = (
    Entry("Synthèse", "synthese", summary.page),
    Entry("Principes de délivrance", "principes", field.principles),
    Entry("Organisation", "organisation", field.organisation),
    Entry("Effets", "effets", field.effects),
    Entry("Territoires", "territoires", territories.page),
    Entry("Comparer les pratiques", "comparer-les-pratiques", practices.page),
    Entry("Cahier des charges vivant", "cahier-des-charges", specification.page),
    Entry("Fiche structure", "fiche-structure", structure.page, readers=(HEAD_OF_NETWORK, TEAM), own_period=True),
    Entry("Qualité des données", "qualite-des-donnees", data_quality.page),
)
APPROACH = (Entry("Grille", "grille", grid.page),)
DELIVERIES = (Entry("Données", "donnees", data.page),)
ATTENDANCE = (Entry("Fréquentation", "frequentation", attendance.page),)
EXPLANATIONS = (
    Entry("Méthodes", "methodes", methods.page),
    Entry("Accessibilité", "accessibilite", accessibility.page),
)
HEADINGS = {
    "Qualité de l'accueil": QUALITY,
    "La démarche": APPROACH,
    "Livraisons des réseaux": DELIVERIES,
    "Fréquentation": ATTENDANCE,
    "Pour comprendre": EXPLANATIONS,
}
PATHS = tuple(entry.path for entries in HEADINGS.values() for entry in entries)


def show() -> None:
    """Run the page that the URL names, with the menu beside it."""
    with one_run():
        _run()


def _run() -> None:
    # The server answers « / » with a redirection; Streamlit asks for a default page all the same.
    first = QUALITY[0]
    root = st.Page(first.draw, title=first.title, default=True)
    pages = {
        entry.path: st.Page(entry.draw, title=entry.title, url_path=entry.path)
        for entries in HEADINGS.values()
        for entry in entries
    }
    current = st.navigation([root, *pages.values()], position="hidden")
    st.set_page_config(page_title=f"{said(current.title)} – {said(TITLE)}", layout="wide", initial_sidebar_state="auto")
    st.html(f"<style>{theme.style_sheet()}</style>")
    _menu(pages, current.url_path or first.path)
    current.run()
    language_choice.sidebar()


def _menu(pages: dict, current: str) -> None:
    query, role = _query(), reading.reader().role
    with st.sidebar:
        for heading, entries in HEADINGS.items():
            write(tag("h2", heading, "nav"))
            for entry in (each for each in entries if role in each.readers):
                title = said(entry.title)
                label = f"**{title}**" if entry.path == current else title
                asked = {name: value for name, value in query.items() if not (entry.own_period and name == PERIOD)}
                st.page_link(pages[entry.path], label=label, query_params=asked)


def _query() -> dict[str, str]:
    """The selection to carry from page to page; the language alone when nothing is published."""
    try:
        return filters.current().query
    except SproError:
        return language_choice.kept()
