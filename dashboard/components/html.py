"""The last door before the browser: words are typeset and escaped here, nowhere else."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.text.typography import typeset
from dashboard.views.tables import Table


def words(text: str) -> str:
    """Text ready to stand between tags or in an attribute."""
    return escape(typeset(text))


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
        st.html(body)


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
