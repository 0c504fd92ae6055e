"""The sidebar in which the reader chooses. The URL is the only memory: widgets follow it, and write to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard import reading
from dashboard.components.html import said, tag, write
from dashboard.run import once_a_run
from dashboard.selection import LOST, PERIOD, TERRITORY, Period, Selection, read
from dashboard.text import dates, words
from dashboard.text.typography import capitalised


@once_a_run
def current() -> Selection:
    """What the URL asks for, among what the release holds."""
    return read(st.query_params.to_dict(), reading.units(), reading.periods(), reading.own_unit())


def asked(parameter: str) -> str:
    """What the URL says of one more thing, cut to a length that a sentence can quote; empty if it says nothing."""
    return st.query_params.get(parameter, "")[:40]


def sidebar() -> Selection:
    """Draw the choices and give what is chosen."""
    selection = current()
    with st.sidebar:
        write(tag("h2", "Ce que vous regardez", "nav"))
        names = {unit.id: capitalised(words.unit_label(unit.niveau, unit.nom)) for unit in reading.units()}
        choose("Territoire", TERRITORY, names, selection.unit.id)
        _period(selection.period, reading.periods())
    return selection


def _period(chosen: Period, periods: list[Period]) -> None:
    """The step first, then the periods of that step: fifty in one list would not be read."""
    steps = [pas for pas in dates.COARSEST_FIRST if any(period.pas == pas for period in periods)]
    if len(steps) > 1:
        codes = {pas: _code_at(chosen, pas, periods) for pas in steps}
        names = {codes[pas]: capitalised(f"par {words.STEPS[pas]}") for pas in steps}
        choose("Pas de temps", PERIOD, names, chosen.code, key="choix-pas")
    names = {period.code: capitalised(period.name) for period in periods if period.pas == chosen.pas}
    choose("Période", PERIOD, names, chosen.code)


def _code_at(chosen: Period, pas: str, periods: list[Period]) -> str:
    """The period to go to with another step: the last one that shares days with the chosen one, or the last of all."""
    shared = chosen if chosen.pas == pas else chosen.last_of_step(pas, periods)
    return (shared or next(period for period in periods if period.pas == pas)).code


def choose(
    label: str,
    parameter: str,
    names: Mapping[str, str],
    chosen: str,
    *,
    key: str = "",
    remember: Callable[[str, str], None] | None = None,
) -> None:
    """A list of `names` by code, kept in the URL under `parameter`; `key` where two lists write the same parameter.

    `remember`: what is done of the parameter and the key in the place of that, where a choice changes more.
    """
    key = key or f"choix-{parameter}"
    st.session_state[key] = chosen
    st.selectbox(
        said(label),
        list(names),
        format_func=lambda code: said(names[code]),
        key=key,
        on_change=remember or _remember,
        args=(parameter, key),
        filter_mode=None,
        placeholder=said("Choisissez"),
    )


def _remember(parameter: str, key: str) -> None:
    st.query_params[parameter] = st.session_state[key]
    if LOST in st.query_params:
        del st.query_params[LOST]
