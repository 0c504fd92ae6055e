"""Days, points, channels, minutes and ranges in words, with plain spaces."""

from __future__ import annotations

from pipelines.sentences.situation import Cell

PERCENT = "%"
_SINGULAR = {"canaux": "canal"}


def amount(count: int, unit: str) -> str:
    """« 81 % », « 1 jour ouvré », « 5 jours ouvrés », « −3 points »."""
    return f"{signed(count)} {unit if unit == PERCENT or abs(count) > 1 else singular(unit)}"


def more_or_less(count: int, unit: str) -> str:
    """« 3 jours ouvrés de plus », « 1 point de moins »; `count` is not 0."""
    return f"{amount(abs(count), unit)} de {'plus' if count > 0 else 'moins'}"


def point(cell: Cell, unit: str) -> str:
    """The figure alone: its point, or where only its far end may be told, « plus de 90 % »."""
    return span(cell, unit) if cell.valeur is None else amount(cell.valeur, unit)


def span(cell: Cell, unit: str) -> str:
    """The range: « de 76 à 86 % », « au moins 20 jours ouvrés », « plus de 90 % » for a bound; empty without one."""
    low, high = cell.basse, cell.haute
    if cell.is_bound and high is not None:
        return f"moins de {amount(high, unit)}" if not low else f"plus de {amount(low, unit)}"
    if low is not None and high is not None:
        return amount(low, unit) if low == high else f"de {signed(low)} à {amount(high, unit)}"
    if low is not None:
        return f"au moins {amount(low, unit)}"
    return "" if high is None else f"au plus {amount(high, unit)}"


def signed(count: int) -> str:
    """A whole number with the minus of typography."""
    return f"−{-count}" if count < 0 else str(count)


def with_sign(count: int) -> str:
    """« +5 », « −19 », « 0 »."""
    return f"+{count}" if count > 0 else signed(count)


def singular(unit: str) -> str:
    """« jours ouvrés » → « jour ouvré »."""
    return " ".join(_SINGULAR.get(word, word.removesuffix("s")) for word in unit.split())
