"""A figure in words: its point, its range, how solid it is. Written with plain spaces."""

from __future__ import annotations

from dashboard.text import numbers, words
from dashboard.text.typography import capitalised
from dashboard.views.values import Value

PERCENT = "%"


def amount(count: int, unit: str) -> str:
    """« 81 % », « 5 jours ouvrés », « 1 jour ouvré »."""
    if unit == PERCENT:
        return numbers.percent(count)
    return f"{numbers.number(count)} {unit if abs(count) > 1 else _singular(unit)}"


def point(value: Value, unit: str) -> str:
    """The figure alone, in large type: « 81 % », « moins de 5 % », « non diffusé »."""
    if not value.shown:
        return (
            words.REASONS[value.raison] if value.raison and value.told else words.STATES.get(value.etat, words.ABSENT)
        )
    if value.valeur is not None:
        return amount(value.valeur, unit)
    return span(value, unit)


def span(value: Value, unit: str) -> str:
    """The range alone: « entre 76 % et 86 % », « au moins 20 jours ouvrés »; empty without one."""
    low, high = value.basse, value.haute
    if high is None:
        return "" if low is None else f"au moins {amount(low, unit)}"
    if value.valeur is None and value.raison is None and unit == PERCENT:
        if low in (None, 0):
            return f"moins de {amount(high, unit)}"
        if high == 100 and low is not None:
            return f"plus de {amount(low, unit)}"
    if low is None:
        return f"au plus {amount(high, unit)}"
    if unit == PERCENT:
        return f"entre {numbers.number(low)} et {amount(high, unit)}"
    return f"{amount(low, unit)}" if low == high else f"de {numbers.number(low)} à {amount(high, unit)}"


def figure(value: Value, unit: str) -> str:
    """The figure with its range and its reserve, on one line."""
    if not value.shown:
        return point(value, unit)
    text = point(value, unit)
    if value.valeur is not None and value.ranged:
        text += f" ({span(value, unit)})"
    return ", ".join([text, *reserves(value)])


def reserves(value: Value) -> list[str]:
    """What weakens a shown figure: the reason of a missing point, a small base."""
    notes = []
    if value.raison:
        notes.append(words.REASONS[value.raison])
    if value.cautious:
        notes.append(words.CAUTION)
    return notes


def range_note(value: Value, unit: str) -> str:
    """What stands under the large figure: its range or why there is none."""
    if not value.shown:
        return ""
    if value.valeur is None:
        return ", ".join(reserves(value))
    return ", ".join([span(value, unit) or "sans fourchette", *reserves(value)])


def solidity(value: Value, *, answers: bool) -> str:
    """How much the figure rests on: « Assise : 50 à 99 réponses » for answers, « Assise solide » for receptions."""
    if not value.shown:
        return ""
    bands = words.ANSWERS if answers else words.SOLIDITY
    parts = [bands[value.assise]] if value.assise else []
    if value.structures and value.structures_attendues:
        parts.append(f"{value.structures} structures sur {value.structures_attendues}")
    return capitalised(" ; ".join(parts))


def _singular(unit: str) -> str:
    return " ".join(word.removesuffix("s") for word in unit.split())
