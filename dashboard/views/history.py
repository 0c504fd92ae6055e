"""A measure through the versions of the grid: what continues it, and where a series breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.selection import Period
from dashboard.views.measures import Measure
from dashboard.views.versions import Version


@dataclass(frozen=True)
class Stage:
    """A measure while its version is in force. `joined`: one series with the stage before, for the reason told."""

    measure: Measure
    version: Version
    joined: bool = True
    reason: str = ""


@dataclass(frozen=True)
class History:
    """Measures of every version by id, and the versions, oldest first."""

    measures: Mapping[str, Measure]
    versions: tuple[Version, ...]

    def stages(self, measure: Measure) -> tuple[Stage, ...]:
        """The measure and those it comes from, the oldest first."""
        stages: list[Stage] = []
        current: Measure | None = measure
        while current is not None:
            before = self._before(current)
            stages.append(self._stage(current, joined=before is None or bool(current.suite_de)))
            current = before
        return tuple(reversed(stages))

    def comparable(self, measure: Measure, period: Period) -> Measure | None:
        """The measure of a period that can be set beside this one: itself, or what it continues. None otherwise."""
        for stage in reversed(self.stages(measure)):
            if stage.version.covers(period.debut):
                return stage.measure
            if not stage.joined:
                return None
        return None

    def why_apart(self, measure: Measure, period: Period) -> str:
        """Why nothing of a period can be set beside the measure; empty when something can."""
        if self.comparable(measure, period) or not any(each.covers(period.debut) for each in self.versions):
            return ""
        if any(stage.version.covers(period.debut) for stage in self.stages(measure)):
            return f"La définition a changé avec la grille {measure.version} : rien à comparer {period.within}."
        return f"Cette mesure n'existait pas {period.within} : rien à comparer."

    def _before(self, measure: Measure) -> Measure | None:
        before = self.measures.get(measure.suite_de or measure.precedente or "")
        # A version never continues a later one: a file that says so would make this walk endless.
        return before if before and self._version(before).since < self._version(measure).since else None

    def _stage(self, measure: Measure, *, joined: bool) -> Stage:
        return Stage(measure, self._version(measure), joined, measure.suite_raison or "")

    def _version(self, measure: Measure) -> Version:
        return next(each for each in self.versions if each.version == measure.version)
