"""What has changed, and whether chance alone could tell it: an action looked at, two averages that part, a line, two years."""

from __future__ import annotations

from pipelines.sentences.amounts import amount, signed, with_sign
from pipelines.sentences.situation import AS_BEFORE, BREAK, FIRST, Cell, Effect, Parting, Situation

STABLE = "c'est stable : rien ne dépasse la variation habituelle"
TO_CONFIRM = (
    "les fourchettes des deux années ne se touchent pas, mais la courbe ne dépasse pas encore sa variation habituelle : à "
    "confirmer"
)
"""A line sees a jump only after some periods, two years side by side see it at once: the one is not told without the other."""
TOO_SOON = "trop tôt pour conclure"

_SIGNALS = {
    "amelioration": "cela dépasse la variation habituelle, dans le sens souhaité",
    "deterioration": "cela dépasse la variation habituelle, à l'inverse du sens souhaité",
    "hausse": "cette hausse dépasse la variation habituelle",
    "baisse": "cette baisse dépasse la variation habituelle",
}
_DIFFERENCES = {"ecart": "cet écart", "gain": "ce changement"}
_NO_CAUSE = "et coïncide avec l'action « {action} », sans prouver qu'elle en est la cause"
_ONE_CHECK = "depuis l'action « {action} », mais un seul de nos deux contrôles le dit"
EFFECTS = {
    "Amélioration significative": f"{_SIGNALS['amelioration']}, {_NO_CAUSE}",
    "Évolution défavorable nette": f"{_SIGNALS['deterioration']}, {_NO_CAUSE}",
    "Hausse nette": f"{_SIGNALS['hausse']} {_NO_CAUSE}",
    "Baisse nette": f"{_SIGNALS['baisse']} {_NO_CAUSE}",
    "Évolution favorable à confirmer": f"le signe est favorable {_ONE_CHECK}",
    "Évolution défavorable à surveiller": f"le signe est défavorable {_ONE_CHECK}",
    "Hausse à confirmer": f"une hausse paraît {_ONE_CHECK}",
    "Baisse à confirmer": f"une baisse paraît {_ONE_CHECK}",
    "Variation habituelle": "rien ne dépasse la variation habituelle depuis l'action « {action} », ce qui ne prouve pas "
    "qu'elle est sans effet",
}
"""Verdict of quality.effets → clause."""


def variation(situation: Situation) -> str:
    """One French clause, without capital or full stop: the strongest thing that is known of the change."""
    if situation.parting is not None:
        return _parting(situation.parting, of_answers=situation.measure.base_table == "reponses")
    if situation.effect is not None:
        return _effect(situation.effect, of_answers=situation.measure.base_table == "reponses")
    if situation.measure.headline is None and not situation.measure.is_fact:
        return "le tableau donne la fourchette de chaque réponse"
    return _line(situation) or _without_line(situation)


def years_apart(situation: Situation) -> bool:
    """Whether the ranges of the figure and of the year before it share no point, under a definition that compares them."""
    compared = situation.comparison == AS_BEFORE and situation.before.ranged and situation.cell.ranged
    return compared and _apart(situation.cell, situation.before)


def _line(situation: Situation) -> str:
    """What a line through time says; empty without one, or where it is too short."""
    line = situation.line
    if line is None or line.variation == "trop_tot":
        return ""
    if line.variation == "habituelle":
        return TO_CONFIRM if years_apart(situation) else STABLE
    return _SIGNALS[line.variation] + (", sur des limites encore provisoires" if line.provisional else "")


def _without_line(situation: Situation) -> str:
    if not situation.cell.ranged:
        return "c'est un fait constaté" if situation.measure.is_fact else "c'est un compte"
    return _against_chance(situation) or _two_years(situation)


def _parting(parting: Parting, *, of_answers: bool) -> str:
    """The mean of structures tells practices, the share of receptions what people lived (methods 8.2)."""
    many = "réponses" if of_answers else "accueils"
    return (
        f"depuis un an, {_points(parting.mean)} pour la moyenne des structures et {_points(parting.share)} pour la part des "
        f"{many} : {with_sign(parting.practices)} par les pratiques, {with_sign(parting.composition)} par la place que prend "
        "chaque structure"
    )


def _points(count: int) -> str:
    return f"+{amount(count, 'points')}" if count > 0 else amount(count, "points")


def _effect(effect: Effect, *, of_answers: bool) -> str:
    if effect.verdict in EFFECTS:
        return EFFECTS[effect.verdict].format(action=effect.label)
    if effect.missing and of_answers:
        return (
            f"il manque environ {signed(effect.missing)} réponses pour dire ce qui a suivi l'action « {effect.label} »"
        )
    return f"les données ne suffisent pas encore pour dire ce qui a suivi l'action « {effect.label} »"


def _against_chance(situation: Situation) -> str:
    """Whether a difference is one: its range leaves out 0. Empty for what is not a difference."""
    word = _DIFFERENCES.get(situation.measure.genre)
    if word is None:
        return ""
    low, high = situation.cell.basse, situation.cell.haute
    beyond = (low is not None and low > 0) or (high is not None and high < 0)
    return f"{word} dépasse ce que le hasard explique" if beyond else f"{word} peut être dû au hasard"


def _two_years(situation: Situation) -> str:
    """Without a line long enough: whether the ranges of two years tell them apart."""
    if situation.comparison == BREAK:
        return f"la définition a changé, rien ne se compare à l'année d'avant : {TOO_SOON}"
    if situation.comparison == FIRST:
        return f"première année mesurée : {TOO_SOON}"
    if situation.comparison != AS_BEFORE or not situation.before.ranged:
        return f"rien ne se compare à un an plus tôt : {TOO_SOON}"
    if years_apart(situation):
        return f"les fourchettes des deux années ne se touchent pas, mais il est {TOO_SOON}"
    return f"les fourchettes des deux années se recouvrent : {TOO_SOON}"


def _apart(now: Cell, before: Cell) -> bool:
    """Whether two ranges share no point; a missing end is open."""
    lows = [float("-inf") if each.basse is None else each.basse for each in (now, before)]
    highs = [float("inf") if each.haute is None else each.haute for each in (now, before)]
    return lows[0] > highs[1] or lows[1] > highs[0]
