"""The same measure for one public and for another: the widest difference whose ranges do not touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from dashboard.text import numbers
from dashboard.theme import COLOURED_SENSES
from dashboard.views.breakdown import Breakdowns
from dashboard.views.matter import Matter, Statement
from dashboard.views.measures import FEWER, Measure
from dashboard.views.values import Value, overlap

PUBLICS = ("situation", "tranche_age", "autonomie_distance")
"""Breakdowns that tell people apart; the channel does not."""
_NOT_A_PUBLIC = ("autre",)


@dataclass(frozen=True)
class Difference:
    """A measure where it is more favourable and where it is less, each under the name of a public."""

    measure: Measure
    more: tuple[str, int]
    less: tuple[str, int]

    @property
    def points(self) -> int:
        return abs(self.more[1] - self.less[1])


def between_publics(matter: Matter, measures: Iterable[Measure]) -> Statement | None:
    """The widest difference among shares that have a hoped-for direction, in a sentence; None without any."""
    if matter.breakdowns is None:
        return None
    found = [each for measure in measures for each in _differences(measure, matter.breakdowns, matter)]
    widest = max(found, key=lambda each: each.points, default=None)
    if widest is None:
        return None
    (first, high), (second, low) = widest.more, widest.less
    text = (
        f"« {widest.measure.libelle} » : {numbers.percent(high)} ({first}), {numbers.percent(low)} ({second}) ; les "
        "fourchettes ne se recouvrent pas. Que pouvons-nous proposer à ces dernières personnes ?"
    )
    return matter.on(widest.measure, text)


def _differences(measure: Measure, told: Breakdowns, matter: Matter) -> Iterator[Difference]:
    if not measure.is_share or measure.headline is None or measure.sens not in COLOURED_SENSES:
        return
    for breakdown in told.every:
        if breakdown.code not in PUBLICS:
            continue
        publics = [
            (name, told.at(breakdown, code).headline(measure, matter.selection.unit, matter.selection.period))
            for code, name in breakdown.modalities.items()
            if code not in _NOT_A_PUBLIC
        ]
        yield from (found for pair in combinations(publics, 2) if (found := _difference(measure, *pair)))


def _difference(measure: Measure, first: tuple[str, Value], second: tuple[str, Value]) -> Difference | None:
    if overlap(first[1], second[1]) is not False or first[1].cautious or second[1].cautious:
        return None
    if first[1].valeur is None or second[1].valeur is None:
        return None
    one, other = (first[0], first[1].valeur), (second[0], second[1].valeur)
    favourable = one[1] > other[1] if measure.sens != FEWER else one[1] < other[1]
    return Difference(measure, one, other) if favourable else Difference(measure, other, one)
