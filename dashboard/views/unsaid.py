"""What an edition cannot say in a period, and why: indicators that wait, that are declined, hidden or without data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.selection import Selection, Unit
from dashboard.text import numbers, words
from dashboard.views import availability
from dashboard.views.catalogue import Field, Indicator
from dashboard.views.values import Value, Values

_PENDING = "Pas encore mesuré"
_DECLINED = "Décliné par un réseau"
_TEAMS = "Montré à l'équipe de chaque structure seulement"
_HEADINGS = {
    "masque": "Non diffusé, pour qu'on ne puisse reconnaître personne",
    "sans_objet": "Sans objet",
    "absent": "Pas de donnée dans cette édition",
    "trop_de_non_reponses": "Trop de non-réponses",
    "fourchette_trop_large": "Fourchette trop large pour donner un chiffre",
}


@dataclass(frozen=True)
class Silence:
    """A reason, and what it keeps silent."""

    reason: str
    lines: tuple[str, ...]


def unsaid(fields: Sequence[Field], values: Values, units: Sequence[Unit], selection: Selection) -> list[Silence]:
    """By reason, what the headlines of the indicators do not say; for hidden and missing figures, unit by unit."""
    indicators = list(_indicators(fields))
    found = [
        Silence(_PENDING, tuple(_pending(indicators))),
        Silence(_DECLINED, tuple(_declined(indicators))),
        Silence(_TEAMS, tuple(each.libelle for each in indicators if _for_teams(each))),
        *_by_longer_steps(indicators, selection),
        *_unit_by_unit(indicators, values, units, selection),
    ]
    return [silence for silence in found if silence.lines]


def opening(fields: Sequence[Field], silences: Sequence[Silence] = ()) -> str:
    """How many indicators the grid has, and how many of them wait; if none does, whether figures lack all the same."""
    indicators = list(_indicators(fields))
    pending = [each for each in indicators if not each.measures]
    total = numbers.number(len(indicators))
    if not pending:
        but = ", mais tous leurs chiffres ne peuvent pas être montrés" if silences else ""
        return f"Les {total} indicateurs de la grille ont tous une mesure{but}."
    if len(pending) == 1:
        return f"Un indicateur sur {total} n'est pas encore mesuré."
    return f"{numbers.number(len(pending))} indicateurs sur {total} ne sont pas encore mesurés."


def _indicators(fields: Sequence[Field]) -> Iterator[Indicator]:
    return (each for field in fields for criterion in field.criteria for each in criterion.indicators)


def _pending(indicators: Iterable[Indicator]) -> Iterator[str]:
    for each in indicators:
        if each.pending:
            yield f"{each.libelle} : {each.pending}"
        yield from (f"{each.libelle}, {waiting.libelle} : {waiting.reason}" for waiting in each.waiting)


def _declined(indicators: Iterable[Indicator]) -> Iterator[str]:
    return (f"{each.libelle}, par {one.nom} : {one.reason}" for each in indicators for one in each.declined)


def _for_teams(indicator: Indicator) -> bool:
    return bool(indicator.measures) and all(each.niveaux == ("structure",) for each in indicator.measures)


def _by_longer_steps(indicators: Iterable[Indicator], selection: Selection) -> list[Silence]:
    found: dict[str, list[str]] = {}
    for each in indicators:
        if each.measures and not _for_teams(each) and not each.measures[0].shown_by(selection.period.pas):
            heading = f"Mesuré {availability.steps_of(each.measures[0])} seulement"
            found.setdefault(heading, []).append(each.libelle)
    return [Silence(heading, tuple(names)) for heading, names in found.items()]


def _unit_by_unit(
    indicators: Sequence[Indicator], values: Values, units: Sequence[Unit], selection: Selection
) -> list[Silence]:
    silent: dict[str, dict[str, list[str]]] = {}
    for unit in units:
        for indicator in indicators:
            reason = _why(indicator, values, unit, selection)
            if reason:
                silent.setdefault(reason, {}).setdefault(unit.nom, []).append(indicator.libelle)
    return [
        Silence(heading, tuple(f"{unit} : {numbers.listed(names)}" for unit, names in silent.get(reason, {}).items()))
        for reason, heading in _HEADINGS.items()
    ]


def _why(indicator: Indicator, values: Values, unit: Unit, selection: Selection) -> str:
    """The state that keeps an indicator's headline silent for a unit; empty when it speaks, or was told otherwise."""
    headline = next((each for each in indicator.measures if each.shown_at(unit.niveau)), None)
    if headline is None or not headline.shown_by(selection.period.pas) or availability.declined_by(indicator, unit):
        return ""
    value = values.headline(headline, unit, selection.period)
    return "" if value.shown else _state(value)


def _state(value: Value) -> str:
    if value.told and value.raison:
        return value.raison
    return value.etat if value.etat in words.STATES else "absent"
