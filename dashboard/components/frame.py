"""The top of every page: banner, title, what is looked at, what the results are not for."""

from __future__ import annotations

from dashboard import filters, reader_choice, reading
from dashboard.components import notices
from dashboard.components.html import tag, write
from dashboard.selection import Selection
from dashboard.views.edition import selection_sentence


def head(title: str, *, css: str = "") -> Selection:
    """Draw the top of the page and give what the reader has chosen."""
    selection = filters.sidebar()
    reader_choice.sidebar()
    top(title, selection, css=css)
    return selection


def top(title: str, selection: Selection, *, css: str = "") -> None:
    """Draw the banner, the title, what is looked at and what it is not for."""
    edition = reading.edition()
    notices.edition(edition)
    write(
        f'<header class="head {css}">',
        tag("h1", title),
        tag("p", selection_sentence(selection, edition), "selection"),
        tag("p", edition.notice(selection.period), "use"),
        "</header>",
    )
    notices.refusals(selection.refusals)


def sentence() -> str:
    """The selection sentence, for files that leave the page."""
    return selection_sentence(filters.current(), reading.edition())
