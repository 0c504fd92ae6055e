"""A part of Données: the edition that the networks read again before it is published."""

from __future__ import annotations

import streamlit as st

from dashboard import candidate, filters
from dashboard.access import NETWORK, Reader
from dashboard.components import cards
from dashboard.components.choices import choices
from dashboard.components.html import said, table, tag, write
from dashboard.selection import Unit
from dashboard.views import candidate as view
from dashboard.views.edition import USE
from dashboard.views.tables import Table, csv_file
from grids.errors import SproError
from grids.register import Network

REVIEWED = "relue"


def announce(reader: Reader) -> None:
    """Say that something is in review, where it is not what is read; an unreadable candidate stops nobody delivering."""
    try:
        told = view.announced(candidate.under_review(reader))
    except SproError:
        return
    if told:
        write('<div class="notice">', tag("p", told), "</div>")


def show(reader: Reader, network: Network, address: str, query: dict[str, str]) -> None:
    """What a network finds in the candidate edition; when the next one comes where there is none."""
    found = {each.period.code: each for each in candidate.under_review(reader)}
    if not found:
        _nothing()
        return
    write(cards.opening([view.opening(list(found.values()), network.name)]))
    chosen = found.get(filters.asked(REVIEWED), next(iter(found.values())))
    if len(found) > 1:
        names = {code: each.period.name for code, each in found.items()}
        write(choices("Période en relecture", address, query, REVIEWED, names, chosen.period.code))
    _period(reader, Unit(NETWORK, network.code, network.name), chosen)


def _period(reader: Reader, network: Unit, reviewed: view.Reviewed) -> None:
    before, published = candidate.published_lines(network, reviewed.period)
    lines = candidate.lines(reader, network, reviewed.period)
    content = view.reviewed_table(lines, reviewed.period, published, before)
    write(tag("h2", f"Vos chiffres : {reviewed.period.name}"), tag("p", view.until(reviewed)))
    write("" if before else tag("p", view.NOTHING_BESIDE), table(content))
    _download(content, view.sentence(network.nom, reviewed.period))
    write(tag("h2", "Que faire avant cette date ?"), *(tag("p", each) for each in view.TO_DO))
    write(tag("p", view.TO_COME, "muted"))


def _nothing() -> None:
    write(tag("h2", "Édition en relecture"), tag("p", view.NONE_UNDER_REVIEW, "lead"))
    known = candidate.calendar()
    if known:
        write(tag("p", view.next_review(*known)))
    write(tag("p", view.WHAT_IT_IS, "muted"))


def _download(content: Table, sentence: str) -> None:
    """Not the file of other pages, which says the published edition: this one says that its figures are in review."""
    st.download_button(
        said("Télécharger (CSV)"),
        data=csv_file(content, (sentence, USE)),
        file_name="chiffres-en-relecture.csv",
        mime="text/csv",
        key="file-relecture",
        on_click="ignore",
    )
