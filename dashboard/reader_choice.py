"""As whom one looks at the sample region: a list in the sidebar, kept in the URL as everything that is chosen."""

from __future__ import annotations

import streamlit as st

from dashboard import filters, reading
from dashboard.access import HEAD_OF_NETWORK, TEAM, Reader
from dashboard.components.html import tag, write
from dashboard.selection import READER, TERRITORY
from dashboard.text import words

_UNKNOWN = "inconnu de cette édition"


def sidebar() -> None:
    """Draw the choice where it is open; nothing elsewhere."""
    if not reading.reader_is_chosen():
        return
    who = reading.reader()
    with st.sidebar:
        write(tag("h2", "Vous regardez comme", "nav"))
        filters.choose("Rôle", READER, words.ROLES, who.role, key="choix-role", remember=_remember)
        if who.role == HEAD_OF_NETWORK:
            filters.choose(
                "Votre réseau",
                READER,
                _named(who, HEAD_OF_NETWORK),
                who.code,
                key="choix-reseau-lecteur",
                remember=_remember,
            )
        if who.role == TEAM:
            filters.choose(
                "Votre structure",
                READER,
                _named(who, TEAM),
                who.code,
                key="choix-structure-lectrice",
                remember=_remember,
            )


def _named(who: Reader, role: str) -> dict[str, str]:
    """The readers of a role by their code, the present one among them even where the edition does not know it."""
    return {who.code: _UNKNOWN, **reading.readers_of(role)}


def _remember(_parameter: str, key: str) -> None:
    """Keep the reader in the URL; another reader looks at another territory first."""
    code = st.session_state[key]
    st.query_params[READER] = next(iter(reading.readers_of(code)), code)
    st.query_params.pop(TERRITORY, None)
