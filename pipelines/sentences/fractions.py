"""Percents as people say them: « quatre personnes sur cinq », « près des deux tiers », and « 62 % » where no word is near."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.sentences.nouns import Noun

TOLERANCE_POINTS = 2
"""How far from a fraction a percent may lie and still be said by it."""


@dataclass(frozen=True)
class Fraction:
    """A percent that has words of its own.

    `counted`: of things that are counted; `plural`: the same before a verb in the plural, None if it cannot be said; `bare`:
    without the thing.
    """

    percent: int
    counted: str
    plural: str | None
    bare: str


FRACTIONS = (
    Fraction(10, "{un} {one} sur dix", None, "{un} sur dix"),
    Fraction(20, "{un} {one} sur cinq", "deux {many} sur dix", "{un} sur cinq"),
    Fraction(25, "{un} {one} sur quatre", "un quart des {many}", "{un} sur quatre"),
    Fraction(30, "trois {many} sur dix", "trois {many} sur dix", "trois sur dix"),
    Fraction(33, "un tiers des {many}", "un tiers des {many}", "un tiers"),
    Fraction(40, "quatre {many} sur dix", "quatre {many} sur dix", "quatre sur dix"),
    Fraction(50, "la moitié des {many}", "la moitié des {many}", "la moitié"),
    Fraction(60, "six {many} sur dix", "six {many} sur dix", "six sur dix"),
    Fraction(67, "les deux tiers des {many}", "les deux tiers des {many}", "les deux tiers"),
    Fraction(70, "sept {many} sur dix", "sept {many} sur dix", "sept sur dix"),
    Fraction(75, "trois {many} sur quatre", "trois {many} sur quatre", "trois sur quatre"),
    Fraction(80, "quatre {many} sur cinq", "quatre {many} sur cinq", "quatre sur cinq"),
    Fraction(90, "neuf {many} sur dix", "neuf {many} sur dix", "neuf sur dix"),
    Fraction(98, "presque {all} les {many}", "presque {all} les {many}", "presque {all}"),
)
NEARLY_ALL = FRACTIONS[-1]


@dataclass(frozen=True)
class Part:
    """A whole percent and the fraction that says it; None: it is told in percent."""

    percent: int
    fraction: Fraction | None

    def counted(self, noun: Noun) -> str:
        """« un accueil sur quatre », « 62 % des accueils »."""
        return self._said(self.fraction.counted, noun) if self.fraction else f"{self.percent} % {noun.of_many}"

    def before_a_plural_verb(self, noun: Noun) -> str:
        """« un quart des personnes », never « une personne sur quatre » that asks for the singular."""
        sayable = self.fraction is not None and self.fraction.plural is not None
        return self._said(self.fraction.plural or "", noun) if sayable and self.fraction else self.counted(noun)

    def bare(self, noun: Noun) -> str:
        """« une sur quatre », « 62 % »."""
        return self._said(self.fraction.bare, noun) if self.fraction else f"{self.percent} %"

    def _said(self, template: str, noun: Noun) -> str:
        assert self.fraction is not None
        words = template.format(un=noun.un, one=noun.one, many=noun.many, all=noun.all)
        return words if self.fraction is NEARLY_ALL else _about(words, self.percent - self.fraction.percent)


@cache
def fraction(percent: int) -> Fraction | None:
    """The fraction nearest to a whole percent, at most TOLERANCE_POINTS away; None where there is none."""
    nearest = min(FRACTIONS, key=lambda each: abs(each.percent - percent))
    return nearest if abs(nearest.percent - percent) <= TOLERANCE_POINTS else None


def part(percent: int, *, before_a_plural_verb: bool = False) -> Part:
    """One percent, alone."""
    found = fraction(percent)
    unsayable = before_a_plural_verb and found is not None and found.plural is None
    return Part(percent, None if unsayable else found)


def parts(now: int, before: int, *, before_a_plural_verb: bool = False) -> tuple[Part, Part]:
    """Two percents of the same thing, in the same grain: both in words, or both in percent.

    In percent too where one fraction would say two percents that are further apart than the tolerance: a change must be seen.
    """
    first, second = (part(each, before_a_plural_verb=before_a_plural_verb) for each in (now, before))
    told = first.fraction is not None and second.fraction is not None
    hides = first.fraction is second.fraction and not alike(now, before)
    return (first, second) if told and not hides else (Part(now, None), Part(before, None))


def alike(now: int, before: int) -> bool:
    """Whether two percents are said to be the same: at most TOLERANCE_POINTS apart."""
    return abs(now - before) <= TOLERANCE_POINTS


def _about(words: str, difference: int) -> str:
    """« près de » two points below, « un peu plus de » two points above; nearer, the fraction itself."""
    if abs(difference) < TOLERANCE_POINTS:
        return words
    return _of("près" if difference < 0 else "un peu plus", words)


def _of(adverb: str, words: str) -> str:
    if words.startswith("les "):
        return f"{adverb} des {words.removeprefix('les ')}"
    return f"{adverb} d'{words}" if words.startswith("un") else f"{adverb} de {words}"
