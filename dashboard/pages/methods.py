"""Méthodes: how figures are worked out, by question, one method at a time."""

from __future__ import annotations

from html import escape

from dashboard import filters
from dashboard.components import cards, frame
from dashboard.components.document import document
from dashboard.components.html import tag, words, write
from dashboard.components.notices import needs_release, refusals
from dashboard.components.ways import METHOD, METHODS_ADDRESS
from dashboard.selection import Selection
from dashboard.views import methods as view
from dashboard.views.methods import Method, Question

TITLE = "Méthodes"


@needs_release(TITLE)
def page() -> None:
    selection = frame.head(TITLE)
    asked = filters.asked(METHOD)
    chosen = view.method(asked)
    if chosen:
        _method(chosen, selection)
        return
    if asked:
        refusals((f"Aucune méthode ne s'appelle « {asked} » : les voici toutes.",))
    write(cards.opening([view.OPENING, view.ORDER]))
    write(*(_question(each, selection) for each in view.questions()), tag("p", view.EXAMPLES, "muted"))


def _method(chosen: Method, selection: Selection) -> None:
    """Where it stands, the whole text, then what answers the same question."""
    question = view.question_of(chosen.code)
    way_back = f'<a target="_self" href="{_address("", selection)}">{words("Toutes les méthodes")}</a>'
    place = words(question.title) if question else ""
    write(
        f'<nav class="way" aria-label="{words("Où vous êtes")}"><p>{way_back} › {place}</p></nav>',
        f'<article class="document">{tag("h2", chosen.title)}{_text(chosen, selection)}</article>',
    )
    others = tuple(each for each in question.methods if each != chosen) if question else ()
    if question and others:
        write(_question(Question("Sur la même question", others), selection))


def _text(chosen: Method, selection: Selection) -> str:
    def address(link: str) -> str:
        if link.startswith("https://"):
            return escape(link)
        code = view.linked(chosen, link)
        return "" if code is None else _address(code, selection)

    return document(view.text(chosen.file), address, lambda link: view.drawing(chosen, link))


def _question(question: Question, selection: Selection) -> str:
    items = "".join(
        f'<li><a target="_self" href="{_address(each.code, selection)}">{words(each.title)}</a> {words(each.told)}</li>'
        for each in question.methods
    )
    return f'<section class="question-of-method">{tag("h2", question.title)}<ul>{items}</ul></section>'


def _address(code: str, selection: Selection) -> str:
    return cards.address(METHODS_ADDRESS, selection.query | ({METHOD: code} if code else {}))
