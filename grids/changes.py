"""What changed from one version of a grid to another, told to the people who decide on it, and which series go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from grids.continuity import continued_id, differences
from grids.model import Grid, Indicator, Measure

Subject = Literal["champ", "critere", "indicateur", "mesure", "question", "echelle", "base", "questionnaire"]
Happening = Literal["ajoute", "retire", "modifie"]

_NAMES: dict[Subject, tuple[str, str, str]] = {
    "champ": ("Champ", "Nouveau champ", "Champ retiré"),
    "critere": ("Critère", "Nouveau critère", "Critère retiré"),
    "echelle": ("Échelle", "Nouvelle échelle", "Échelle retirée"),
    "questionnaire": ("Questionnaire", "Nouveau questionnaire", "Questionnaire retiré"),
    "question": ("Question", "Nouvelle question", "Question retirée"),
    "base": ("Base", "Nouvelle base", "Base retirée"),
    "indicateur": ("Indicateur", "Nouvel indicateur", "Indicateur retiré"),
}
_WATCHED: dict[Subject, dict[str, str]] = {
    "champ": {},
    "critere": {"label": "le libellé", "question": "la question", "field": "le champ"},
    "echelle": {"values": "les réponses", "outside": "les réponses hors échelle", "favorable": "le côté favorable"},
    "questionnaire": {
        "title": "le titre", "opening": "le chapeau", "closing": "la fin", "respondent": "qui répond", "wave": "la vague",
        "minutes": "le nombre de minutes",
    },
    "question": {
        "text": "le texte", "scale": "l'échelle", "respondents": "qui répond", "wave": "la vague",
        "by_partner": "une réponse par réseau partenaire", "on_trial": "à l'essai", "columns": "les colonnes",
    },
    "base": {
        "label": "le libellé", "table": "la table", "condition": "qui est compté", "unit": "l'unité comptée",
        "levels": "les niveaux montrés", "steps": "le pas",
    },
    "indicateur": {
        "label": "le libellé", "criterion": "le critère", "clauses": "les clauses", "approached": "les clauses approchées",
        "owner": "le chef de file", "core": "dans le noyau", "pending": "ce qu'il attend",
    },
}  # fmt: skip
"""What is told of each thing when it changes: the attribute of the model, and its name in French. The first names it."""


@dataclass(frozen=True)
class Change:
    """One thing that changed, told in French.

    `comparable`: of a measure, whether its series goes on; None where that makes no sense. `reason`: why, or why not.
    """

    kind: Happening
    subject: Subject
    id: str
    sentence: str
    comparable: bool | None = None
    reason: str = ""


def changes(old: Grid, new: Grid) -> tuple[Change, ...]:
    """What changed from `old` to `new`, in the grid's order; every measure that both have is told, changed or not."""
    return tuple(_all_changes(old, new))


def _all_changes(old: Grid, new: Grid) -> Iterator[Change]:
    yield from _named("champ", old.field_labels, new.field_labels)
    yield from _named("critere", old.criteria, new.criteria)
    yield from _named("echelle", old.scales, new.scales)
    yield from _named("questionnaire", old.questionnaires, new.questionnaires)
    yield from _named("question", old.questions | old.profile, new.questions | new.profile)
    yield from _named("base", old.bases, new.bases)
    continued = _continued(old, new)
    for name in {**new.indicators, **old.indicators}:
        yield from _named("indicateur", _only(old, name), _only(new, name))
        yield from _measure_changes(old, new, name, continued)


def _only(grid: Grid, name: str) -> dict[str, Indicator]:
    return {name: grid.indicators[name]} if name in grid.indicators else {}


def _named(subject: Subject, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """What was added, taken away and changed among things that have an id."""
    noun, added, gone = _NAMES[subject]
    for name in {**new, **old}:
        if name not in old:
            yield Change("ajoute", subject, name, _ended(f"{added} {name} : {_first(subject, new[name])}"))
        elif name not in new:
            yield Change("retire", subject, name, _ended(f"{gone} : {name}, {_first(subject, old[name])}"))
        else:
            for turn in _turns(subject, old[name], new[name]):
                yield Change("modifie", subject, name, f"{noun} {name}, {turn}.")


def _first(subject: Subject, thing: Any) -> str:
    attribute = next(iter(_WATCHED[subject]), None)
    return _cited(getattr(thing, attribute) if attribute else thing)


def _turns(subject: Subject, old: Any, new: Any) -> Iterator[str]:
    """How a thing changed, one turn for each attribute that is watched; a thing that is but a text is its own label."""
    if isinstance(old, str):
        yield from _turn("le libellé", old, new)
    for attribute, what in _WATCHED[subject].items():
        yield from _turn(what, getattr(old, attribute, ""), getattr(new, attribute, ""))


def _turn(what: str, old: Any, new: Any) -> Iterator[str]:
    if old != new:
        yield f"{what} : {_cited(new)} (avant : {_cited(old)})"


def _ended(sentence: str) -> str:
    """With a full stop, unless the quoted words already end by one."""
    return sentence if sentence.rstrip("» ").endswith((".", "?", "!")) else f"{sentence}."


def _cited(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return " · ".join(f"« {label} »" for label in value.values()) or "rien"
    if isinstance(value, tuple):
        return ", ".join(value) or "rien"
    return f"« {value} »" if value != "" else "rien"


def _measure_changes(old: Grid, new: Grid, indicator: str, continued: Mapping[str, str]) -> Iterator[Change]:
    before, after = (_measures(each, indicator) for each in (old, new))
    for name, measure in after.items():
        measure_id = f"{indicator}.{name}"
        if measure_id in continued:
            yield _continuing(old, new, measure_id, continued[measure_id])
        elif name in before:
            yield _breaking(measure_id, differences(old, before[name], new, measure))
        else:
            yield Change("ajoute", "mesure", measure_id, f"Nouvelle mesure {measure_id} : « {measure.label} ».")
    for name, measure in before.items():
        measure_id = f"{indicator}.{name}"
        if name not in after and measure_id not in continued.values():
            told = f"Mesure retirée : {measure_id}, « {measure.label} » ; ses chiffres publiés restent lisibles."
            yield Change("retire", "mesure", measure_id, told, False, "Elle n'est plus dans la grille.")


def _continued(old: Grid, new: Grid) -> dict[str, str]:
    """Which measures of `new` say that they continue one of `old`, both without their version."""
    found = {each: continued_id(measure, (old,)) for each, _, measure in new.defined_measures()}
    return {each.partition("@")[0]: source.partition("@")[0] for each, source in found.items() if source}


def _measures(grid: Grid, indicator: str) -> dict[str, Measure]:
    return grid.indicators[indicator].measures if indicator in grid.indicators else {}


def _measure(grid: Grid, measure_id: str) -> Measure:
    indicator, _, name = measure_id.partition(".")
    return grid.indicators[indicator].measures[name]


def _continuing(old: Grid, new: Grid, measure_id: str, source: str) -> Change:
    measure = _measure(new, measure_id)
    changed = differences(old, _measure(old, source), new, measure)
    named = measure_id if source == measure_id else f"{measure_id}, suite de {source}"
    asked = new.bases[measure.base].table == "reponses"
    same = "la question et le calcul ne changent pas" if asked else "le calcul ne change pas"
    told = f"{named} : {same} : la série continue."
    if changed:
        told = f"{named} : la grille déclare que la série continue ; pourtant, ce qui change : {_listed(changed)}. À relire."
    return Change("modifie", "mesure", measure_id, told, True, measure.continues.reason if measure.continues else "")


def _breaking(measure_id: str, changed: tuple[str, ...]) -> Change:
    if changed:
        why, reason = f"ce qui change : {_listed(changed)}", f"Ce qui change : {_listed(changed)}."
    else:
        why, reason = "rien ne déclare que la série continue", "Rien ne le déclare."
    told = f"{measure_id} : {why}. La série s'arrête, une autre commence."
    return Change("modifie", "mesure", measure_id, told, False, reason)


def _listed(words: tuple[str, ...]) -> str:
    return " et ".join(filter(None, (", ".join(words[:-1]), words[-1])))
