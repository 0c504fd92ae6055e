"""What a structure's own improvement actions changed, where both checks of the verdict agree that they did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.text.typography import uncapitalised
from dashboard.views.effects import Action
from dashboard.views.measures import Measure
from dashboard.views.structure_points import Point

_IMPROVED = "Amélioration significative"
_SOLIDITY = (
    "Le changement dépasse la variation habituelle ; il coïncide avec l'action, sans prouver qu'elle en est la cause."
)
_QUESTION = "Que faut-il pour que cela dure, et qui aimerait l'entendre ?"


def aimed_at(action: Action, measures: Mapping[str, Measure]) -> Measure | None:
    """The measure that an action hoped to move, of the version under which it was looked at, else of the latest."""
    looked_at = measures.get(action.effect.get("mesure_id") or "")
    named = (each for each in measures.values() if each.name == action.measure)
    return looked_at or max(named, key=lambda each: each.version, default=None)


def improvements(actions: Iterable[Action], measures: Mapping[str, Measure]) -> tuple[Point, ...]:
    """One for each action after which its measure improved beyond usual variation, in the order given."""
    found = ((each, aimed_at(each, measures)) for each in actions if each.verdict == _IMPROVED)
    return tuple(_point(action, measure) for action, measure in found if measure is not None)


def _point(action: Action, measure: Measure) -> Point:
    return Point(
        code=measure.critere,
        title=measure.critere_libelle,
        fact=f"Depuis l'action « {action.title} » : {uncapitalised(measure.libelle)}. {action.gap(measure)}.",
        solidity=_SOLIDITY,
        question=_QUESTION,
    )
