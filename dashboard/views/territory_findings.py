"""Whether territories differ, in sentences: ranges that touch, ranges that do not, never who is first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.selection import Period
from dashboard.text import numbers, words
from dashboard.text.typography import capitalised
from dashboard.views import figures
from dashboard.views.measures import Measure
from dashboard.views.values import Value, overlap

QUESTION = "Où l'on est reçu, la qualité est-elle la même ?"
ONLY_THOSE_WHO_CAME = "Ces chiffres ne parlent que des personnes venues."
MOST_NAMED = 3
MANY = 4
"""Beyond so many territories, two ranges that do not touch happen by chance alone often enough to be said."""


@dataclass(frozen=True)
class Kind:
    """What territories are called: one, several, and whether they are feminine."""

    one: str
    several: str
    feminine: bool = False


DEPARTMENTS = Kind("département", "départements")
ZONES = Kind("zone d'emploi", "zones d'emploi", feminine=True)


@dataclass(frozen=True)
class Told:
    """The value of a territory under its name."""

    code: str
    name: str
    value: Value


def with_figure(told: Iterable[Told]) -> list[Told]:
    """Those of which something is shown."""
    return [each for each in told if each.value.shown]


def looked_at(measures: Sequence[Measure]) -> list[Measure]:
    """What answers for quality as a whole: the measures of the core (else all) that have a range."""
    ranged = [each for each in measures if each.has_ranges]
    return [each for each in ranged if each.noyau] or ranged


def opening(looked: Sequence[Measure], parted: Sequence[Measure], period: Period) -> str:
    """Whether the départements differ, over the measures `looked` at, of which `parted` tell two of them apart."""
    if not looked:
        return f"{capitalised(period.within)}, aucune mesure ne se compare d'un département à l'autre."
    subject = _count(len(looked), "mesure", feminine=True) + (" du noyau" if looked[0].noyau else "")
    if not parted:
        return (
            f"{capitalised(period.within)}, pour {subject} que l'on peut comparer, les fourchettes des départements se "
            "recouvrent : rien ne permet de dire que la qualité change selon le département où l'on est reçu."
        )
    return f"{capitalised(period.within)}, sur {subject} que l'on peut comparer, {_parted(parted)}"


def apart(told: Iterable[Told]) -> tuple[Told, Told] | None:
    """The two territories whose ranges are the farthest from touching, by name; None where all of them overlap."""
    ranged = [each for each in told if each.value.shown and None not in (each.value.basse, each.value.haute)]
    if len(ranged) < 2:
        return None
    above = max(ranged, key=lambda each: each.value.basse or 0)
    below = min(ranged, key=lambda each: each.value.haute or 0)
    if overlap(above.value, below.value):
        return None
    first, second = sorted((above, below), key=lambda each: each.name.casefold())
    return first, second


def finding(measure: Measure, told: Sequence[Told], kind: Kind) -> str:
    """A fact, how solid it is and, where there is something to understand, a question."""
    known = with_figure(told)
    if len(known) < 2:
        return _alone(len(known), kind)
    if not measure.has_ranges:
        return _fact(measure, known, kind)
    pair = apart(known)
    if pair is None:
        these = f"des {_count(len(known), kind.one, kind.several, feminine=kind.feminine)}"
        return (
            f"Les fourchettes {these} se recouvrent : le hasard peut expliquer les écarts que l'on voit, "
            "et rien ne permet de dire que l'un de ces territoires diffère des autres."
        )
    return _difference(measure, pair, len(known))


def _parted(parted: Sequence[Measure]) -> str:
    named = numbers.listed(f"« {each.libelle} »" for each in parted[:MOST_NAMED])
    if len(parted) == 1:
        return f"une seule a deux départements dont les fourchettes ne se touchent pas : {named}."
    those = f" : {named}" if len(parted) <= MOST_NAMED else f", dont {named}"
    many = numbers.spelled(len(parted), feminine=True)
    return f"{many} ont des départements dont les fourchettes ne se touchent pas{those}."


def _alone(count: int, kind: Kind) -> str:
    ending = "e" if kind.feminine else ""
    subject = (
        f"Un{ending} seul{ending} {kind.one} a un chiffre" if count else f"Aucun{ending} {kind.one} n'a de chiffre"
    )
    return f"{subject} pour cette mesure : rien ne s'y compare."


def _fact(measure: Measure, known: Sequence[Told], kind: Kind) -> str:
    points = [each.value.valeur for each in known if each.value.valeur is not None]
    each_kind = f"selon {'la' if kind.feminine else 'le'} {kind.one}"
    if not points:
        return f"{capitalised(words.FACT)}."
    low, high = min(points), max(points)
    if low == high:
        return f"{figures.amount(low, measure.shown_unit)} partout : {words.FACT}."
    between = figures.span(Value("ok", valeur=low, basse=low, haute=high), measure.shown_unit)
    return f"{capitalised(between)} {each_kind} : {words.FACT}. Qu'est-ce qui l'explique ?"


def _difference(measure: Measure, pair: tuple[Told, Told], count: int) -> str:
    named = numbers.listed(f"{each.name} ({figures.point(each.value, measure.shown_unit)})" for each in pair)
    chance = (
        "Avec autant de territoires, un tel écart naît parfois du hasard : il demande à être revu l'an prochain."
        if count > MANY
        else "Le hasard seul l'explique mal."
    )
    return f"Deux fourchettes ne se touchent pas : {named}. {chance} Qu'y est-il fait, ou vécu, de différent ?"


def _count(count: int, one: str, several: str = "", *, feminine: bool = False) -> str:
    return f"{numbers.spelled(count, feminine=feminine)} {one if count == 1 else several or one + 's'}"
