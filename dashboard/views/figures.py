"""A figure in words: its point, its range, how solid it is. Written with plain spaces."""

from __future__ import annotations

from datetime import date

from dashboard.text import dates, numbers, words
from dashboard.text.typography import capitalised
from dashboard.views.values import Value

PERCENT = "%"
POINTS = "points"
_GAP = " d'écart"
_SINGULAR = {"canaux": "canal"}


def amount(count: int, unit: str) -> str:
    """« 81 % », « 5 jours ouvrés », « 1 canal », « +12 points », « 3 jours ouvrés de plus »."""
    if unit == PERCENT:
        return numbers.percent(count)
    if unit.endswith(_GAP):
        return _gap(count, unit.removesuffix(_GAP))
    sign = "+" if unit == POINTS and count > 0 else "−" if count < 0 else ""
    return f"{sign}{numbers.number(abs(count))} {unit if abs(count) > 1 else _singular(unit)}"


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
    """The range alone: « entre 76 et 86 % », « au moins 20 jours ouvrés »; empty without one."""
    low, high = value.basse, value.haute
    if unit == POINTS or unit.endswith(_GAP):
        return _signed_span(low, high, unit)
    if value.valeur is None and value.raison is None and unit == PERCENT and high is not None:
        bound = _bound(low, high)
        if bound:
            return bound
    return _plain_span(low, high, unit)


def figure(value: Value, unit: str) -> str:
    """The figure with its range and its reserve, on one line."""
    if not value.shown:
        return point(value, unit)
    text = point(value, unit)
    if value.valeur is not None and value.ranged:
        narrow = value.basse == value.haute == value.valeur
        text += " (fourchette resserrée)" if narrow else f" ({span(value, unit)})"
    return ", ".join([text, *notes(value)])


def reserves(value: Value) -> list[str]:
    """What must be known of a shown figure: the reason of a missing point, a small base, a network's own indicator."""
    found = []
    if value.raison:
        found.append(words.REASONS[value.raison])
    if value.cautious:
        found.append(words.CAUTION)
    if value.shown and value.provenance in words.PROVENANCES:
        found.append(words.PROVENANCES[value.provenance])
    return found


def notes(value: Value) -> list[str]:
    """Its reserves, and what is known to be wrong with it."""
    return [*reserves(value), *([value.flag] if value.shown and value.flag else [])]


def flag_words(on: date, reason: str) -> str:
    """« signalé le 3 mars 2026 : double compte »: what is said beside a figure known to be wrong."""
    return f"signalé le {dates.day(on)} : {reason}"


def range_note(value: Value, unit: str, *, without: str = "sans fourchette") -> str:
    """What stands under the large figure: its range or, `without` one, why."""
    if not value.shown:
        return ""
    if value.valeur is None:
        return ", ".join(reserves(value))
    return ", ".join(filter(None, [span(value, unit) or without, *reserves(value)]))


def solidity(value: Value, *, answers: bool) -> str:
    """How much the figure rests on: « Assise : 50 à 99 réponses » for answers, « Assise solide » for receptions."""
    if not value.shown:
        return ""
    bands = words.ANSWERS if answers else words.SOLIDITY
    parts = [bands[value.assise]] if value.assise else []
    if value.structures and value.structures_attendues:
        parts.append(f"{value.structures} structures sur {value.structures_attendues}")
    return capitalised(" ; ".join(parts))


def _gap(count: int, unit: str) -> str:
    if count == 0:
        return "aucun écart"
    return f"{amount(abs(count), unit)} de {'plus' if count > 0 else 'moins'}"


def _bound(low: int | None, high: int) -> str:
    """A share told without a point by its far end alone; empty when both ends must be told."""
    if low in (None, 0):
        return f"moins de {amount(high, PERCENT)}"
    return f"plus de {amount(low, PERCENT)}" if high == 100 and low is not None else ""


def _plain_span(low: int | None, high: int | None, unit: str) -> str:
    if high is None:
        return "" if low is None else f"au moins {amount(low, unit)}"
    if low is None:
        return f"au plus {amount(high, unit)}"
    if unit == PERCENT:
        return f"entre {numbers.number(low)} et {amount(high, unit)}"
    return f"{amount(low, unit)}" if low == high else f"de {numbers.number(low)} à {amount(high, unit)}"


def _signed_span(low: int | None, high: int | None, unit: str) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return f"à partir de {amount(low or 0, unit)}, sans limite haute connue"
    if low is None:
        return f"jusqu'à {amount(high, unit)}, sans limite basse connue"
    if low == high:
        return amount(low, unit)
    if unit != POINTS and low * high > 0:
        nearest, farthest = sorted((abs(low), abs(high)))
        return f"de {numbers.number(nearest)} à {amount(farthest if high > 0 else -farthest, unit)}"
    return f"entre {amount(low, unit)} et {amount(high, unit)}"


def _singular(unit: str) -> str:
    return " ".join(_SINGULAR.get(word, word.removesuffix("s")) for word in unit.split())
