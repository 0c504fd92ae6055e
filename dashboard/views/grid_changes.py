"""What a version of the grid changed since an earlier one, and which series of figures go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from dashboard.text import numbers
from dashboard.text.typography import capitalised
from grids.changes import Change, Happening, changes
from grids.model import Grid

RULE = "Une série ne passe d'une version à l'autre que si la grille le déclare, avec sa raison."
_NOUNS = {
    "champ": ("champ", "champs"),
    "critere": ("critère", "critères"),
    "indicateur": ("indicateur", "indicateurs"),
    "mesure": ("mesure", "mesures"),
    "question": ("question", "questions"),
    "echelle": ("échelle", "échelles"),
    "questionnaire": ("questionnaire", "questionnaires"),
    "base": ("base de comptage", "bases de comptage"),
}
_FEMININE = ("mesure", "question", "echelle", "base")
_PARTICIPLES = {"ajoute": "ajouté", "modifie": "modifié", "retire": "retiré"}


@dataclass(frozen=True)
class Series:
    """A measure that both versions have, or had: its name, what becomes of its series, and why."""

    label: str
    sentence: str
    reason: str


@dataclass(frozen=True)
class Group:
    """Changes of the same kind to things of the same kind, under a title: « Questions ajoutées »."""

    title: str
    told: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side: the series that go on, those that stop, and everything else that changed."""

    going_on: tuple[Series, ...]
    broken: tuple[Series, ...]
    groups: tuple[Group, ...]

    @property
    def sentence(self) -> str:
        """How many series go on, how many stop."""
        if not self.going_on and not self.broken:
            return "Aucune mesure n'est commune aux deux versions."
        going_on = _series_count(len(self.going_on), "continue", "continuent")
        broken = _series_count(len(self.broken), "s'arrête", "s'arrêtent")
        return f"{capitalised(going_on)} ; {broken}."


def compared(old: Grid, new: Grid) -> Comparison:
    """What `new` changed since `old`."""
    told = changes(old, new)
    return Comparison(
        tuple(_series(each, old, new) for each in told if each.comparable is True),
        tuple(_series(each, old, new) for each in told if each.comparable is False),
        tuple(_groups(each for each in told if each.comparable is None)),
    )


def _series(change: Change, old: Grid, new: Grid) -> Series:
    indicator, _, name = change.id.partition(".")
    found = (grid.indicators[indicator].measures.get(name) for grid in (new, old) if indicator in grid.indicators)
    return Series(next(each.label for each in found if each), change.sentence, change.reason)


def _groups(told: Iterable[Change]) -> Iterator[Group]:
    remaining = list(told)
    for kind in get_args(Happening):
        for subject in _NOUNS:
            group = tuple(each for each in remaining if (each.kind, each.subject) == (kind, subject))
            if group:
                yield Group(_title(kind, subject, several=len(group) > 1), group)


def _title(kind: Happening, subject: str, *, several: bool) -> str:
    ending = ("e" if subject in _FEMININE else "") + ("s" if several else "")
    return f"{capitalised(_NOUNS[subject][several])} {_PARTICIPLES[kind]}{ending}"


def _series_count(count: int, one: str, many: str) -> str:
    """« aucune ne s'arrête », « une série continue », « six séries continuent »."""
    if not count:
        return f"aucune série ne {one}"
    return f"une série {one}" if count == 1 else f"{numbers.spelled(count, feminine=True)} séries {many}"
