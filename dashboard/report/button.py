"""The buttons under which a document is made, once it is asked for, for whoever asks."""

from __future__ import annotations

import threading
from collections.abc import Callable

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from dashboard.components.html import said
from dashboard.selection import Period, Selection, Unit
from dashboard.text.typography import typeset

_PDF = "application/pdf"


def note_button(selection: Selection) -> None:
    """The committee's note of what is looked at."""

    def made() -> bytes:
        from dashboard.report.committee import note

        return note(selection)

    _button("La note du comité (PDF, quatre pages)", f"note-comite-{selection.unit.id}-{selection.period.code}", made)


def sheet_button(structure: Unit, period: Period) -> None:
    """The sheet of a structure that the reader sees by name."""

    def made() -> bytes:
        from dashboard.report.structure import sheet

        return sheet(structure, period)

    _button("La fiche à imprimer (PDF, deux pages)", f"fiche-{structure.id.lower()}-{period.code}", made)


def _button(label: str, name: str, make: Callable[[], bytes]) -> None:
    st.download_button(
        typeset(said(label)),
        data=_as_who_looks(make),
        file_name=f"{name}.pdf".lower(),
        mime=_PDF,
        key=f"document-{name}",
        on_click="ignore",
    )


def _as_who_looks(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same, in the session of the page: Streamlit makes a file outside of any, and the URL there says who looks."""
    session = get_script_run_ctx(suppress_warning=True)

    def made() -> bytes:
        found: list[bytes] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                found.append(make())
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=run, name="document")
        add_script_run_ctx(thread, session)
        thread.start()
        thread.join()
        if failed:
            raise failed[0]
        return found[0]

    return made
