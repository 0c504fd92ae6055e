"""The last door before the browser: words are translated, typeset and escaped here, nowhere else."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.components import other_language
from dashboard.run import once_a_run
from dashboard.text import language
from dashboard.text.typography import typeset
from dashboard.views.tables import Table


@once_a_run
def page_language() -> str:
    """The language of the page that is being drawn, as its URL says; French outside of any page."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return language.FRENCH
    return language.asked(st.query_params)


def words(text: str) -> str:
    """Text ready to stand between tags or in an attribute, in the language of the page or else in French."""
    spoken = page_language()
    if spoken == language.FRENCH:
        return escape(typeset(text))
    found = language.translated(text, spoken)
    if found is None:
        french = escape(typeset(text))
        return other_language.french(french) if language.has_words(text) else french
    return escape(typeset(found) if spoken in language.FRENCH_SPACING else found)


def said(text: str) -> str:
    """The words of a button, a list or a fold, which Streamlit writes itself: translated where they can be."""
    spoken = page_language()
    if spoken == language.FRENCH:
        return text
    return language.translated(text, spoken) or text


def tag(name: str, text: str, css: str = "") -> str:
    """An element that holds text; nothing at all for empty text."""
    if not text:
        return ""
    attribute = f' class="{css}"' if css else ""
    return f"<{name}{attribute}>{words(text)}</{name}>"


def write(*fragments: str) -> None:
    """Show fragments of HTML, one after the other; nothing when all are empty."""
    body = "".join(fragments)
    if body:
        st.html(body if page_language() == language.FRENCH else other_language.said_so(body))


def table(content: Table) -> str:
    """A real table: caption, headers with a scope, reachable with the keyboard where it has to scroll."""
    head = "".join(f'<th scope="col">{words(cell)}</th>' for cell in content.header)
    body = "".join(_row(row) for row in content.rows)
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{words(content.caption)}"><table>'
        f"<caption>{words(content.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(cells: tuple[str, ...]) -> str:
    first, *others = cells
    return f'<tr><th scope="row">{words(first)}</th>{"".join(f"<td>{words(cell)}</td>" for cell in others)}</tr>'
