"""Numbers as French readers write them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from babel.lists import format_list
from babel.numbers import format_decimal

LOCALE = "fr_FR"

SMALL = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")

# (percent, part, whole): the few fractions that people say aloud.
_SPOKEN = (
    (10, 1, 10),
    (20, 1, 5),
    (25, 1, 4),
    (30, 3, 10),
    (33, 1, 3),
    (40, 4, 10),
    (50, 1, 2),
    (60, 6, 10),
    (67, 2, 3),
    (70, 7, 10),
    (75, 3, 4),
    (80, 4, 5),
    (90, 9, 10),
)


@lru_cache(maxsize=16_384, typed=True)
def number(value: float) -> str:
    """A number with French thousands and comma: 12345 → « 12 345 », 1.5 → « 1,5 »."""
    return format_decimal(value, locale=LOCALE)


def percent(value: int) -> str:
    """A whole percent: 81 → « 81 % »."""
    return f"{number(value)} %"


def spelled(value: int, *, feminine: bool = False) -> str:
    """A number up to ten in letters, larger ones in digits."""
    if value == 1 and feminine:
        return "une"
    return SMALL[value] if 0 <= value < len(SMALL) else number(value)


def listed(words: Iterable[str]) -> str:
    """Words joined as a French list: « a, b et c »."""
    return format_list(list(words), locale=LOCALE)


def spoken_part(value: int, noun: str = "", *, feminine: bool = True) -> str:
    """A percent as it is said: 81 → « environ quatre sur cinq », « environ quatre personnes sur cinq » with a noun."""
    if value < 6:
        return _joined("moins d'" + spelled(1, feminine=feminine), noun.removesuffix("s"), "sur dix")
    if value > 94:
        return _joined("plus de neuf", noun, "sur dix")
    exact, part, whole = min(_SPOKEN, key=lambda spoken: abs(spoken[0] - value))
    about = "" if exact == value else "environ "
    noun = noun.removesuffix("s") if part == 1 else noun
    return _joined(about + spelled(part, feminine=feminine), noun, f"sur {spelled(whole)}")


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)
