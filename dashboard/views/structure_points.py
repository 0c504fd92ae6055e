"""What stands out of a structure's sheet: its strong points, and the first things to look at together. Never a rank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.text.typography import capitalised, uncapitalised
from dashboard.views.behaviour import BAD, GOOD
from dashboard.views.criteria import TO_LOOK_AT
from dashboard.views.measures import FEWER, MORE
from dashboard.views.structure_lines import SheetLine
from dashboard.views.values import Value, overlap

MOST_STRONG, MOST_TO_LOOK_AT = 3, 2
NO_STRONG_POINT = (
    "Rien ne se détache au-delà de ce que le hasard explique. Cela ne veut pas dire qu'il n'y a pas de points forts : "
    "lesquels l'équipe voit-elle ?"
)
NOTHING_TO_LOOK_AT = (
    "Rien n'appelle l'attention en premier : ni recul, ni écart net avec le réseau, ni regards qui se contredisent. "
    "De quoi l'équipe veut-elle parler ?"
)
_PROGRESS = "en_progres"


@dataclass(frozen=True)
class Point:
    """One thing that stands out, in three sentences; `title`: its criterion."""

    code: str
    title: str
    fact: str
    solidity: str
    question: str


def strong_points(lines: Iterable[SheetLine], improvements: Iterable[Point]) -> tuple[Point, ...]:
    """Three at most, of three criteria: what an action of the structure improved (`improvements`), then in the grid's order.

    A criterion is one when its measure has a hoped-for direction and, either its chart or its standing says that it
    progresses, or its range lies wholly on the good side of the network's range (of the region's, where the network's may
    not be shown). Ranges that touch say nothing.
    """
    found: dict[str, Point] = {}
    for point in (*improvements, *map(_strong, lines)):
        if point is not None:
            found.setdefault(point.code, point)
    return tuple(found.values())[:MOST_STRONG]


def first_things(lines: Sequence[SheetLine], contradictions: Iterable[Point]) -> tuple[Point, ...]:
    """Two at most, of two criteria: what changed for the worse or is « à regarder », the lowest share first; then what lies
    wholly on the other side of the network's range; then where two views part most (`contradictions`, the widest first).
    """
    worse = sorted((each for each in lines if _is_worse(each)), key=_share)
    below = (each for each in lines if side(each) == BAD)
    found: dict[str, Point] = {}
    for point in (*map(_changed, worse), *map(_below, below), *contradictions):
        found.setdefault(point.code, point)
    return tuple(found.values())[:MOST_TO_LOOK_AT]


def side(line: SheetLine) -> str:
    """GOOD or BAD where the structure's range lies wholly to one side of the network's; empty where they touch."""
    sens, other = line.line.sens, compared_with(line)
    if sens not in (MORE, FEWER) or overlap(line.line.value, other) is not False:
        return ""
    low, high = line.line.value.basse, other.haute
    above = low is not None and high is not None and low > high
    return GOOD if above == (sens == MORE) else BAD


def compared_with(line: SheetLine) -> Value:
    """The network's figure where it may be shown, else the region's."""
    return line.network if line.network.shown else line.region


def _strong(line: SheetLine) -> Point | None:
    if line.tone == GOOD or _stands(line, _PROGRESS):
        question = "Qu'est-ce qui a changé, et que faut-il garder ?"
        return _point(line, _variation(line, "Ce critère progresse."), question)
    if side(line) == GOOD:
        question = "Qu'est-ce qui le permet, que d'autres équipes aimeraient connaître ?"
        return _point(line, _apart(line), question)
    return None


def _is_worse(line: SheetLine) -> bool:
    return line.tone == BAD or _stands(line, TO_LOOK_AT)


def _changed(line: SheetLine) -> Point:
    told = _variation(line, "Une des mesures de ce critère demande qu'on la regarde.")
    return _point(line, told, "Que s'est-il passé, qui expliquerait ce changement ?")


def _below(line: SheetLine) -> Point:
    return _point(line, _apart(line), "Qu'y a-t-il de différent chez nous, que nous pourrions essayer ?")


def _apart(line: SheetLine) -> str:
    """« Réseau Missions locales : 62 % ; les deux fourchettes ne se touchent pas. »"""
    shown = line.beside[0] if line.network.shown else line.beside[-1]
    return f"{shown} ; les deux fourchettes ne se touchent pas."


def _variation(line: SheetLine, otherwise: str) -> str:
    if line.variation is not None and line.tone:
        return f"{line.variation.words} : {uncapitalised(line.variation.why)}"
    return otherwise


def _point(line: SheetLine, solidity: str, question: str) -> Point:
    said = line.line
    fact = f"{capitalised(line.when)} : {uncapitalised(said.sentence)}" if line.when else said.sentence
    figure = ", ".join(filter(None, (said.point, said.note)))
    told = f"{fact.removesuffix('.')} ({figure})." if said.value.valeur is not None else fact
    return Point(said.code, said.title, told, solidity, question)


def _stands(line: SheetLine, state: str) -> bool:
    return line.standing is not None and line.standing.state == state


def _share(line: SheetLine) -> int:
    """Lower shares first; what is no share goes after them."""
    value = line.line.value.valeur
    return value if line.line.is_share and value is not None else 101
