"""Sentences shown in place of a page, or above it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from dashboard import language_choice
from dashboard.components import ways
from dashboard.components.cards import address
from dashboard.components.html import tag, words, write
from dashboard.installation import before_the_first_edition
from dashboard.views.edition import ACCESSIBILITY, SOURCES, SYNTHETIC, Edition
from dashboard.views.installation import FirstSteps
from grids.errors import SproError

TO_DELIVERIES = "Aller à la page « Données »"


def edition(published: Edition) -> None:
    """The banner of synthetic data; nothing otherwise."""
    if published.synthetic:
        write(f'<div class="banner" role="note">{tag("p", SYNTHETIC)}</div>')


def refusals(sentences: tuple[str, ...]) -> None:
    """What the URL asked for and could not be given."""
    if sentences:
        write('<div class="notice" role="status">', *(tag("p", sentence) for sentence in sentences), "</div>")


def nothing_published(title: str, error: SproError) -> None:
    """A page that has no release to read: three steps on the way to the first edition, else what is wrong."""
    first = before_the_first_edition()
    told = _first_steps(first) if first else tag("p", f"Que faire ? {error.remedy}" if error.remedy else "")
    write(tag("h1", title), f'<div class="notice" role="status">{tag("p", error.sentence, "strong")}{told}</div>')


def _first_steps(first: FirstSteps) -> str:
    steps = "".join(tag("li", step) for step in first.steps)
    link = (
        f'<a class="more" target="_self" href="{address("donnees", language_choice.kept())}">{words(TO_DELIVERIES)}</a>'
    )
    return f"{tag('p', first.fact)}<ol>{steps}</ol><p>{link}</p>"


def unexpected_error() -> None:
    """What a reader sees when a view fails; the details are in the server's log."""
    write(
        '<div class="notice" role="alert">',
        tag("p", "Cette page n'a pas pu s'afficher.", "strong"),
        tag(
            "p",
            "Rechargez-la. Si cela se répète, prévenez la personne qui tient l'outil : le détail est dans son journal.",
        ),
        "</div>",
    )


def foot() -> None:
    """The end of every page: where its words and figures come from, and how far it is accessible."""
    write('<footer class="page-end">', tag("p", SOURCES), tag("p", ACCESSIBILITY), ways.to_accessibility(), "</footer>")


def needs_release(title: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """A page function that says what to do when there is no release, instead of failing."""

    def decorate(page: Callable[[], None]) -> Callable[[], None]:
        @wraps(page)
        def shown() -> None:
            try:
                page()
            except SproError as error:
                nothing_published(title, error)
            foot()

        return shown

    return decorate
