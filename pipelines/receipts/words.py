"""Numbers, shares, days and lists as French writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

_INVARIABLE = ("déjà",)


def number(value: int) -> str:
    """A whole number as French writes it."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def counted(count: int, words: str) -> str:
    """A number and what it counts, in the plural from two on."""
    plural = " ".join(word if word in _INVARIABLE else f"{word}s" for word in words.split())
    return f"{number(count)} {plural if count > 1 else words}"


def share(value: float) -> str:
    """A share as a percentage: never rounded up to 100 % nor down to 0 %, so that one faulty row still shows."""
    percent = round(value * 100, 1)
    if percent == 100 and value < 1:
        return "plus de 99,9\N{NO-BREAK SPACE}%"
    if percent == 0 and value > 0:
        return "moins de 0,1\N{NO-BREAK SPACE}%"
    return f"{percent:g}".replace(".", ",") + "\N{NO-BREAK SPACE}%"


def day(value: date) -> str:
    """A day in full: « 1er mars 2026 »."""
    ordinal = "er" if value.day == 1 else ""
    return f"{value.day}{ordinal} {month(value)}"


def month(value: date) -> str:
    """A month in full: « mars 2026 »."""
    return format_date(value, "MMMM yyyy", locale="fr")


def listed(names: Sequence[str]) -> str:
    """Names between guillemets, the last two joined by « et »."""
    told = [f"« {name} »" for name in names]
    return " et ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def lines(numbers: Sequence[int], count: int) -> str:
    """How many rows and where, of which `numbers` are told: « ligne 3 », « 18 lignes : 3, 8… », « 18 lignes » if none is."""
    if not numbers:
        return counted(count, "ligne")
    told = ", ".join(str(line) for line in numbers)
    if count == 1:
        return f"ligne {told}"
    return f"{counted(count, 'ligne')} : {told}" + ("…" if count > len(numbers) else "")
