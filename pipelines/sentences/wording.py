"""How sentences are written: French spacing, small joints, and the words that no sentence may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from babel.dates import format_date

LOCALE = "fr_FR"
NARROW = "\u202f"
NO_BREAK = "\u00a0"
SMALL = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")

_SPACES = (
    (re.compile(r" (?=[:;?!%»])|(?<=«) "), NARROW),
    (re.compile(r"(?<=\d) (?=(?:jours?|points?|canal|canaux|minutes?)\b)"), NO_BREAK),
    (re.compile(r"(?:(?<=\der)|(?<=\de)) (?=trimestre\b)"), NO_BREAK),
)
_SENTENCES_AT_HAND = 10_000
"""Many sentences say the same of many figures: that nothing is shown, that it is too soon."""

FORBIDDEN = {
    "bon élève": r"\bbons? élèves?\b",
    "mauvais élève": r"\bmauvais élèves?\b",
    "performance": r"\bperforman",
    "taux de conformité": r"\bconformité",
    "en retard": r"\ben retard\b",
    "classement, palmarès, rang": r"\bclassement|\bpalmarès|\brangs?\b|\bscore",
    "dernier, meilleur, pire": r"\bdernier|\bdernière|\bmeilleur|\bpires?\b",
    "un nombre d'accueils": r"\d+(?: [a-z]+)? (?:accueils?|personnes?|demandes?)\b",
}
"""What the governance refuses in any sentence, and the pattern that finds it (plain spaces, small letters)."""


def forbidden(sentence: str) -> Iterator[str]:
    """The names of the refused wordings that a sentence holds."""
    told = plain(sentence).casefold()
    return (name for name, pattern in FORBIDDEN.items() if re.search(pattern, told))


@lru_cache(_SENTENCES_AT_HAND)
def typeset(text: str) -> str:
    """The same text with the unbreakable spaces that French asks for."""
    for pattern, space in _SPACES:
        text = pattern.sub(space, text)
    return text


def plain(text: str) -> str:
    """The reverse: plain spaces everywhere."""
    return text.replace(NARROW, " ").replace(NO_BREAK, " ")


def capitalised(text: str) -> str:
    """With a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """With a small first letter, unless the first word is an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def spelled(count: int, *, feminine: bool = False) -> str:
    """A number up to ten in letters, larger ones in digits."""
    if count == 1 and feminine:
        return "une"
    return SMALL[count] if 0 <= count < len(SMALL) else str(count)


def within(step: str, start: date) -> str:
    """« en 2025 », « au 4e trimestre 2025 », « en mars 2025 »."""
    if step == "annee":
        return f"en {start.year}"
    if step == "mois":
        return f"en {month(start)}"
    quarter = (start.month - 1) // 3 + 1
    return f"au {'1er' if quarter == 1 else f'{quarter}e'} trimestre {start.year}"


@cache
def month(day: date) -> str:
    """« mars 2025 »."""
    return str(format_date(day, "MMMM y", locale=LOCALE))
