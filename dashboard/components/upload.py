"""The zone where a file is chosen, tried or delivered; server/deposit.js makes it work."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from dashboard.components.html import tag, words, write
from dashboard.server import deposit, tickets
from dashboard.views.deliveries import size

_STYLE = Path(__file__).parent / "deliveries.css"
_HELP = (
    "Le fichier tel que l'outil l'exporte : CSV, .xlsx, .ods, Parquet, Grist ou export LimeSurvey, {size} au plus. "
    "Il n'est lu qu'en mémoire : s'il porte l'identité de quelqu'un, il est refusé, et rien de lui ne touche un disque."
)


def style() -> None:
    """The look of the zone, of the list and of receipts."""
    st.html(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")


def zone(network_code: str, network_name: str, most_bytes: int) -> None:
    """Where to choose a file and send it for a network; the receipt comes back under it."""
    write(
        tag("h2", f"Déposer un fichier : {network_name}"),
        f'<section class="depot" aria-label="{words("Dépôt d’un fichier")}" aria-busy="false" ',
        f'data-adresse="{deposit.PATH}" data-taille="{most_bytes}" data-ticket="{escape(_ticket(network_code))}">',
        '<p class="choix"><input type="file" id="depot-fichier" aria-describedby="depot-nom depot-aide">',
        f'<label for="depot-fichier">{words("Choisir un fichier")}</label> ',
        f'<span id="depot-nom">{words("Aucun fichier choisi")}</span></p>',
        f'<p id="depot-aide" class="muted">{words(_HELP.format(size=size(most_bytes)))}</p>',
        '<p class="gestes">',
        f'<button type="button" data-geste="essai">{words("Essayer sans rien garder")}</button>',
        f'<button type="button" data-geste="livraison">{words("Livrer")}</button></p>',
        f'<progress hidden max="1" value="0" aria-label="{words("Envoi du fichier")}"></progress>',
        '<p class="depot-etat" role="status"></p><div class="depot-accuse accuse"></div></section>',
    )


def _ticket(network_code: str) -> str:
    """One ticket a session and a network: a new one at each run would draw the zone again, and lose what it shows."""
    key = f"ticket-{network_code}"
    if tickets.network_of(st.session_state.get(key, "")) is None:
        st.session_state[key] = tickets.issue(network_code)
    ticket: str = st.session_state[key]
    return ticket
