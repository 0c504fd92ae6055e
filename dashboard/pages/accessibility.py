"""Accessibilité: the statement that the law asks for, honest before any audit."""

from __future__ import annotations

from dashboard.components import cards, frame
from dashboard.components.document import document
from dashboard.components.html import tag, write
from dashboard.components.notices import needs_release
from dashboard.views import accessibility as view
from dashboard.views import methods

TITLE = "Accessibilité"


@needs_release(TITLE)
def page() -> None:
    frame.head(TITLE)
    write(cards.opening([view.OPENING]))
    write('<article class="document">', _statement(), "</article>")
    write(tag("h2", view.TELLING), tag("p", view.telling(view.contact()), "lead"), tag("p", view.WHAT_TO_TELL))
    write(tag("h2", view.APPEAL_TITLE), tag("p", view.APPEAL))


def _statement() -> str:
    """The text that the documentation holds; none of it is a link, none a drawing."""
    return document(methods.text("accessibilite.md"), lambda _: "", lambda _: b"", under=0)
