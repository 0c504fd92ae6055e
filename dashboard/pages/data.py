"""Données: a network's deliveries, its figures in review, what its tool tells already and what it is still asked."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import door, filters, reading
from dashboard.access import Reader
from dashboard.components import cards, deliveries, frame, notices, upload, ways
from dashboard.components.choices import choices
from dashboard.components.html import said, tag, write
from dashboard.deliverers import networks_open_to
from dashboard.pages import candidate, own_tool
from dashboard.selection import LANGUAGE, PERIOD, READER, TERRITORY
from dashboard.views.deliveries import opening
from grids.errors import ReleaseError, SproError
from grids.register import Network

TITLE = "Données"
ADDRESS = "donnees"
NETWORK, DELIVERY, PART = "reseau", "livraison", "lire"
REVIEW = "relecture"
PARTS = {
    "livraisons": "Livraisons",
    REVIEW: "Édition en relecture",
    "outil": "Ce que votre outil dit déjà",
    "demandes": "Ce qui vous est demandé",
}
NOT_YOURS = (
    "Les livraisons sont l'affaire de chaque réseau : le comité n'en dépose pas et ne lit pas leurs accusés.",
    "Peuvent déposer un fichier : la personne qui répond d'un réseau, pour ce réseau ; l'équipe qui anime la démarche, "
    "pour tous. Ce que valent les données reçues se lit à la page « Qualité des données ».",
)

NOTHING_PUBLISHED = (
    "Rien n'est encore publié. Pour déposer les premiers fichiers, la personne qui tient l'outil ouvre cette page par "
    "« SPRO_ROLE=animateur spro serve », ou pour un seul réseau avec « SPRO_ROLE=reseau SPRO_RESEAU=… »."
)


def page() -> None:
    """The page: it needs no edition, since the first delivery comes before the first edition."""
    upload.style()
    published = _head()
    who = reading.reader()
    networks = networks_open_to(who)
    if networks:
        _network(who, _chosen(networks))
    else:
        write(cards.opening(list(NOT_YOURS)), ways.to_data_quality() if published else tag("p", NOTHING_PUBLISHED))
    notices.foot()


def _head() -> bool:
    """Draw the top of the page; whether an edition is there to fill it."""
    try:
        frame.head(TITLE)
    except ReleaseError:
        write(f'<header class="head">{tag("h1", TITLE)}</header>')
        return False
    return True


def _chosen(networks: tuple[Network, ...]) -> Network:
    """The network that the address names, or the territory that is looked at, or the first one that may be chosen."""
    known = {network.code: network for network in networks}
    asked = [st.query_params.get(parameter, "") for parameter in (NETWORK, TERRITORY)]
    chosen = next((code for code in asked if code in known), networks[0].code)
    if len(networks) > 1:
        names = {code: network.name for code, network in known.items()}
        st.session_state["choix-reseau"] = chosen
        st.selectbox(
            said("Réseau qui livre"),
            list(names),
            format_func=lambda code: names[code],
            key="choix-reseau",
            on_change=_remember,
            filter_mode=None,
        )
    return known[chosen]


def _remember() -> None:
    st.query_params[NETWORK] = st.session_state["choix-reseau"]
    st.query_params.pop(DELIVERY, None)


def _network(who: Reader, network: Network) -> None:
    asked = filters.asked(PART)
    part = asked if asked in PARTS else next(iter(PARTS))
    if part != REVIEW:
        candidate.announce(who)
    write(choices("À lire", ADDRESS, _query(network), PART, PARTS, part))
    try:
        if part == REVIEW:
            candidate.show(who, network, ADDRESS, _query(network) | {PART: REVIEW})
        else:
            _SHOWN[part](network)
    except SproError as error:
        deliveries.refused(error)


def _query(network: Network) -> dict[str, str]:
    """The URL parameters that bring back the network, with what else is looked at and by whom."""
    kept = (TERRITORY, PERIOD, READER, LANGUAGE)
    return {name: st.query_params[name] for name in kept if name in st.query_params} | {NETWORK: network.code}


def _deliveries(network: Network) -> None:
    known = door.deliveries(network.code)
    write(cards.opening(opening(known, network.name)))
    asked = st.query_params.get(DELIVERY, "")
    if asked:
        deliveries.whole_receipt(door.receipt_page(network.code, asked), ADDRESS, _query(network))
        return
    upload.zone(network.code, network.name, known.most_bytes)
    write(tag("h2", "Livraisons"))
    deliveries.listed(known, ADDRESS, _query(network))
    st.button(said("Mettre la liste à jour"), key="livraisons-a-jour")


_SHOWN: dict[str, Callable[[Network], None]] = {
    "livraisons": _deliveries,
    "outil": own_tool.already_told,
    "demandes": own_tool.still_asked,
}
