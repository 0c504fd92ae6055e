"""Who looks at the pages, until login says it: whoever started them did, or the reader chooses where all data are synthetic."""

from __future__ import annotations

import os
from collections.abc import Mapping

import streamlit as st

from dashboard.access import COMMITTEE, HEAD_OF_NETWORK, ROLES, TEAM, Reader
from dashboard.selection import READER

ROLE_VARIABLE, NETWORK_VARIABLE, STRUCTURE_VARIABLE = "SPRO_ROLE", "SPRO_RESEAU", "SPRO_STRUCTURE"


def current(*, synthetic: bool) -> Reader:
    """The reader of this run, whom the URL may name where that is open to choice (see `choosable`)."""
    asked = st.query_params.get(READER, "") if choosable(synthetic=synthetic) else ""
    return read(asked) or started_for(os.environ)


def choosable(*, synthetic: bool) -> bool:
    """Whether the reader may choose as whom to look: all data are synthetic, and nobody started the pages for a role."""
    return synthetic and not os.environ.get(ROLE_VARIABLE)


def started_for(environment: Mapping[str, str]) -> Reader:
    """The reader for whom the pages were started: the committee, unless the environment says otherwise."""
    role = environment.get(ROLE_VARIABLE, "") or COMMITTEE
    return Reader(role, environment.get(NETWORK_VARIABLE, ""), environment.get(STRUCTURE_VARIABLE, ""))


def read(code: str) -> Reader | None:
    """The reader that the URL names: « comite », « reseau:cio », « structure:CIO-0006 »; None if it names none."""
    role, _, whose = code[:80].partition(":")
    if role not in ROLES or bool(whose) != (role in (HEAD_OF_NETWORK, TEAM)):
        return None
    return Reader(role, network=whose if role == HEAD_OF_NETWORK else "", structure=whose if role == TEAM else "")
