"""What a field page shows, and the series that goes with it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.access import DEPARTMENT
from dashboard.selection import Period, Selection, Unit
from dashboard.text import dates
from dashboard.views.breakdown import Breakdowns
from dashboard.views.findings import Findings
from dashboard.views.history import History
from dashboard.views.measures import Measure
from dashboard.views.timeline import Timeline, through_time
from dashboard.views.trend import Trend, trend_of
from dashboard.views.values import Values


@dataclass(frozen=True)
class Shown:
    """What a field page shows: the choice, the units beside it, the figures of the period and, by step, through time."""

    selection: Selection
    units: list[Unit]
    periods: dict[str, list[Period]]
    values: Values
    through_time: dict[str, Values]
    history: History
    breakdowns: Breakdowns | None
    findings: Findings

    def trend(self, measure: Measure) -> Trend:
        """Months on a month, where the unit has one to show; else quarters or years; with what is usual for the line."""
        step = self.step(measure)
        return trend_of(
            measure, self._line(measure, step), self.findings.behaviour(measure, step), self.findings.events, step
        )

    def step(self, measure: Measure) -> str:
        """The step of the measure's line."""
        by_month = self.selection.period.pas == dates.MONTH and measure.shown_by(dates.MONTH)
        if by_month and any(moment.value.told for moment in self._line(measure, dates.MONTH).moments):
            return dates.MONTH
        return self.long_step(measure)

    def long_step(self, measure: Measure) -> str:
        """Quarters where the measure and the unit have them, years otherwise."""
        quarterly = measure.shown_by(dates.QUARTER) and self.selection.unit.niveau != DEPARTMENT
        return dates.QUARTER if quarterly else dates.YEAR

    def _line(self, measure: Measure, step: str) -> Timeline:
        behaviour = self.findings.behaviour(measure, step)
        return through_time(
            measure,
            self.through_time[step],
            self.selection.unit,
            self.periods[step],
            self.history.stages(measure),
            aggregation=behaviour.aggregation if behaviour else "",
        )
