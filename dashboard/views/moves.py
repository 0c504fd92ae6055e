"""Which line through time tells something of a measure: the finest whose points are many enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.text import dates
from dashboard.views.behaviour import TOO_EARLY, Behaviour, Behaviours

_SHORT = {
    "amelioration": "amélioration",
    "deterioration": "évolution défavorable",
    "hausse": "hausse",
    "baisse": "baisse",
}


@dataclass(frozen=True)
class Line:
    """A line of one step, and how it behaves."""

    step: str
    behaviour: Behaviour

    @property
    def moves(self) -> bool:
        """Whether something goes beyond what varies as usual."""
        return self.behaviour.variation in _SHORT

    @property
    def word(self) -> str:
        """« amélioration », « baisse »; empty for a line that does not move."""
        return _SHORT.get(self.behaviour.variation, "")


def telling_lines(behaviours: Mapping[str, Behaviours]) -> dict[str, Line]:
    """The finest line that can already tell something, by the id of each measure that has a point in it."""
    found: dict[str, Line] = {}
    for step in reversed(dates.COARSEST_FIRST):
        for each in behaviours.get(step, Behaviours()).every:
            if each.concluded and each.variation != TOO_EARLY:
                for measure_id, _ in each.marks:
                    found.setdefault(measure_id, Line(step, each))
    return found
