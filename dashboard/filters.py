"""The sidebar in which the reader chooses. The URL is the only memory: widgets follow it, and write to it."""

from __future__ import annotations

import streamlit as st

from dashboard import reading
from dashboard.selection import LOST, PERIOD, TERRITORY, Selection, read
from dashboard.text.typography import capitalised


def current() -> Selection:
    """What the URL asks for, among what the release holds."""
    return read(st.query_params.to_dict(), reading.units(), reading.periods())


def asked(parameter: str) -> str:
    """What the URL says of one more thing, cut to a length that a sentence can quote; empty if it says nothing."""
    return st.query_params.get(parameter, "")[:40]


def sidebar() -> Selection:
    """Draw the choices and give what is chosen."""
    selection = current()
    with st.sidebar:
        st.html('<h2 class="nav">Ce que vous regardez</h2>')
        _choose("Territoire", TERRITORY, {unit.id: unit.nom for unit in reading.units()}, selection.unit.id)
        names = {period.code: capitalised(period.name) for period in reading.periods()}
        _choose("Période", PERIOD, names, selection.period.code)
    return selection


def _choose(label: str, parameter: str, names: dict[str, str], chosen: str) -> None:
    key = f"choix-{parameter}"
    st.session_state[key] = chosen
    st.selectbox(
        label,
        list(names),
        format_func=lambda code: names[code],
        key=key,
        on_change=_remember,
        args=(parameter, key),
        filter_mode=None,
        placeholder="Choisissez",
    )


def _remember(parameter: str, key: str) -> None:
    st.query_params[parameter] = st.session_state[key]
    if LOST in st.query_params:
        del st.query_params[LOST]
