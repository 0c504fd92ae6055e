"""The languages of the pages: French is the source, the others are looked up, and what they lack is said in French."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from dashboard.text.typography import capitalised, uncapitalised

PARAMETER = "langue"
FRENCH, ENGLISH, BRETON = "fr", "en", "br"
# Each language under its own name: that is what somebody who does not read the others looks for.
NAMES = {FRENCH: "Français", ENGLISH: "English", BRETON: "Brezhoneg"}
# Breton is printed with the spaces of French before « : ; ? ! »; English is not.
FRENCH_SPACING = (FRENCH, BRETON)

LOCALES = Path(__file__).parents[1] / "locales"
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!]) ")
_WORD = re.compile(r"[^\W\d_]*[^\W\d_A-Z][^\W\d_]+")


def asked(parameters: Mapping[str, str]) -> str:
    """The code of the language that a URL names; French if it names none, or one that is not spoken here."""
    named = parameters.get(PARAMETER, FRENCH)
    return named if named in NAMES else FRENCH


def catalogue_path(language: str) -> Path:
    """Where the sentences of a language are, for whoever translates them."""
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


@lru_cache(maxsize=len(NAMES))
def catalogue(language: str) -> Mapping[str, str]:
    """French text → the same in another language, whole and sentence by sentence; without what is not translated yet."""
    with catalogue_path(language).open("rb") as file:
        whole = {str(each.id): str(each.string) for each in read_po(file, locale=language) if each.id and each.string}
    parts: dict[str, str] = {}
    for french, other in whole.items():
        sentences, same = _BETWEEN_SENTENCES.split(french), _BETWEEN_SENTENCES.split(other)
        if len(sentences) == len(same):
            parts |= dict(zip(sentences, same, strict=True))
    return parts | whole


def translated(text: str, language: str) -> str | None:
    """The text in another language, as a whole or sentence by sentence; None if any of it is not in the catalogue."""
    known = catalogue(language)
    whole = _found(text, known)
    if whole is not None:
        return whole
    sentences = [_found(each, known) for each in _BETWEEN_SENTENCES.split(text)]
    found = [each for each in sentences if each is not None]
    return " ".join(found) if len(found) == len(sentences) else None


def _found(text: str, known: Mapping[str, str]) -> str | None:
    """As written in the catalogue, or with a capital that the catalogue has not: « Solide » for « solide »."""
    if text in known:
        return known[text]
    small = known.get(uncapitalised(text))
    return None if small is None else capitalised(small)


def has_words(text: str) -> bool:
    """Whether somebody would have to read it in French: a figure, a sign or an acronym is no word."""
    return bool(_WORD.search(text))
