"""What may be said of a change: two checks, and one sentence for each pair of answers that they can give (methods 6).

A direction is 1 (up), −1 (down) or 0 (the check says nothing).
"""

from __future__ import annotations

from collections.abc import Mapping

INSUFFICIENT = "Données insuffisantes"
USUAL = "Variation habituelle"

FAVOURABLE, UNFAVOURABLE, UP, DOWN = "favorable", "defavorable", "hausse", "baisse"
"""Sides of a change: of what was hoped for, or up and down where nothing was."""

VERDICTS: Mapping[tuple[str, bool], str] = {
    (FAVOURABLE, True): "Amélioration significative",
    (FAVOURABLE, False): "Évolution favorable à confirmer",
    (UNFAVOURABLE, True): "Évolution défavorable nette",
    (UNFAVOURABLE, False): "Évolution défavorable à surveiller",
    (UP, True): "Hausse nette",
    (UP, False): "Hausse à confirmer",
    (DOWN, True): "Baisse nette",
    (DOWN, False): "Baisse à confirmer",
}
"""(side, whether both checks say so) → the words."""


def verdict(signal: int, difference: int, hoped: int) -> str:
    """The words for a change seen by two checks, of enough data; `hoped`: the direction hoped for, 0 where there is none.

    `signal`: direction of what the chart shows after; `difference`: that of the range of the difference, 0 if it holds 0.
    Where they contradict each other nothing is clear: the difference, which weighs the whole of both sides, gives the side.
    """
    told = side(difference or signal, hoped)
    return USUAL if told is None else VERDICTS[told, signal == difference]


def side(direction: int, hoped: int) -> str | None:
    """The side on which a change in this direction lies, None for no change."""
    if direction == 0:
        return None
    if hoped == 0:
        return UP if direction > 0 else DOWN
    return FAVOURABLE if direction == hoped else UNFAVOURABLE
