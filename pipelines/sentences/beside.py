"""A figure beside that of the year before, in one clause and in one grain."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.sentences.amounts import point
from pipelines.sentences.fractions import Part, alike, part, parts
from pipelines.sentences.nouns import names
from pipelines.sentences.situation import AS_BEFORE, Cell, Situation
from pipelines.sentences.wording import within

AGO = "un an plus tôt"
SAME = f", comme {AGO}"

Told = Callable[[Cell, bool], str]
"""A cell in words; True for the earlier one, told in short since its unit has just been said."""


def labelled(situation: Situation, told: Told, before: str = "") -> str:
    """« Libellé : figure en 2025, contre figure un an plus tôt »; `before` stands before the figure."""
    when = within(situation.step, situation.start)
    now = f"{situation.measure.label} : {before}{told(situation.cell, False)} {when}"
    if situation.comparison != AS_BEFORE:
        return now
    return now + change(situation, f", contre {told(situation.before, True)} {AGO}")


def change(situation: Situation, told: str) -> str:
    """`told`, the figure of a year before; « comme un an plus tôt » where it is the same; empty where nothing compares."""
    if situation.comparison != AS_BEFORE:
        return ""
    return SAME if _same(situation.cell, situation.before, situation.measure.unit) else told


def counted(situation: Situation, cell: Cell, earlier: bool) -> str:
    """A share of what is counted: « quatre accueils sur cinq », without its noun where the label or the figure has said it."""
    measure = situation.measure
    now, before = grain(situation)
    told = before if earlier else now
    if told is None:
        return point(cell, measure.unit)
    return told.bare(measure.noun) if earlier or names(measure.label, measure.noun) else told.counted(measure.noun)


def grain(situation: Situation, *, before_a_plural_verb: bool = False) -> tuple[Part | None, Part | None]:
    """The share of now and that of a year before, in the same grain; None for one that has no point, or is not compared.

    Where one of the two is a bound, it is told in percent: so is the other.
    """
    now, before = situation.cell.valeur, situation.before.valeur
    if situation.comparison != AS_BEFORE:
        return (None if now is None else part(now, before_a_plural_verb=before_a_plural_verb)), None
    if now is None or before is None:
        return (None if now is None else Part(now, None)), (None if before is None else Part(before, None))
    return parts(now, before, before_a_plural_verb=before_a_plural_verb)


def _same(now: Cell, before: Cell, unit: str) -> bool:
    if now.valeur is None or before.valeur is None:
        return (now.valeur, now.basse, now.haute) == (before.valeur, before.basse, before.haute)
    return alike(now.valeur, before.valeur) if unit in ("%", "points") else now.valeur == before.valeur
