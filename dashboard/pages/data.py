"""Données: where a network's deliveries stand, and the door by which the next one enters."""

from __future__ import annotations

import streamlit as st

from dashboard import door
from dashboard.components import cards, deliveries, frame, notices, upload
from dashboard.components.html import tag, write
from dashboard.deliverers import current_deliverer, networks_open_to
from dashboard.selection import TERRITORY
from dashboard.views.deliveries import opening
from grids.errors import ReleaseError, SproError
from grids.register import Network

TITLE = "Données"
ADDRESS = "donnees"
NETWORK, DELIVERY = "reseau", "livraison"
NOT_YOURS = (
    "Les livraisons sont l'affaire de chaque réseau : le comité n'en dépose pas et ne lit pas leurs accusés.",
    "Peuvent déposer un fichier : la personne qui répond d'un réseau, pour ce réseau ; l'équipe qui anime la démarche, "
    "pour tous. Ce que valent les données reçues se lit à la page « Qualité des données ».",
)


def page() -> None:
    """The page: it needs no edition, since the first delivery comes before the first edition."""
    upload.style()
    _head()
    networks = networks_open_to(current_deliverer())
    if networks:
        _network(_chosen(networks))
    else:
        write(cards.opening(list(NOT_YOURS)))
    notices.foot()


def _head() -> None:
    try:
        frame.head(TITLE)
    except ReleaseError:
        write(f'<header class="head">{tag("h1", TITLE)}</header>')


def _chosen(networks: tuple[Network, ...]) -> Network:
    """The network that the address names, or the territory that is looked at, or the first one that may be chosen."""
    known = {network.code: network for network in networks}
    asked = [st.query_params.get(parameter, "") for parameter in (NETWORK, TERRITORY)]
    chosen = next((code for code in asked if code in known), networks[0].code)
    if len(networks) > 1:
        names = {code: network.name for code, network in known.items()}
        st.session_state["choix-reseau"] = chosen
        st.selectbox(
            "Réseau qui livre",
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


def _network(network: Network) -> None:
    try:
        known = door.deliveries(network.code)
        write(cards.opening(opening(known, network.name)))
        asked = st.query_params.get(DELIVERY, "")
        if asked:
            deliveries.whole_receipt(door.receipt_page(network.code, asked), ADDRESS, network.code)
            return
    except SproError as error:
        deliveries.refused(error)
        return
    upload.zone(network.code, network.name, known.most_bytes)
    write(tag("h2", "Livraisons"))
    deliveries.listed(known, ADDRESS, network.code)
    st.button("Mettre la liste à jour", key="livraisons-a-jour")
