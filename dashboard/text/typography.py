"""French spacing, applied once at the last door: everything before it is written with plain spaces."""

from __future__ import annotations

import re
from functools import lru_cache

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_RULES = (
    (re.compile(r" (?=:)"), NO_BREAK),
    (re.compile(r" (?=[;?!])"), NARROW),
    (re.compile(r"« "), f"«{NO_BREAK}"),
    (re.compile(r" »"), f"{NO_BREAK}»"),
    (re.compile(r"(?<=\d) (?=%)"), NO_BREAK),
    (re.compile(r"(?<=\d) (?=(?:jours?|points?|trimestre)\b)"), NO_BREAK),
    (re.compile(r"(?<=\de) (?=trimestre\b)"), NO_BREAK),
    (re.compile(r" (?=[–—] )"), NO_BREAK),
)


@lru_cache(maxsize=16_384)
def typeset(text: str) -> str:
    """The same text with the unbreakable spaces that French asks for before « : ; ? ! % » and inside quotes."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def plain(text: str) -> str:
    """The reverse: plain spaces everywhere, to compare or to search."""
    return text.replace(NO_BREAK, " ").replace(NARROW, " ")


def capitalised(text: str) -> str:
    """The text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """The text with a small first letter, unless its first word is an acronym (« CIO »)."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
