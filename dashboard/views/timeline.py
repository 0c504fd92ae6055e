"""One measure of one unit, quarter after quarter; a hidden quarter leaves a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.selection import Period, Unit
from dashboard.text import dates
from dashboard.views import figures
from dashboard.views.measures import Measure
from dashboard.views.tables import Table
from dashboard.views.values import Value, Values


@dataclass(frozen=True)
class Moment:
    """One period's value."""

    label: str
    value: Value


@dataclass(frozen=True)
class Timeline:
    """Moments in the order of time, with nothing left out."""

    title: str
    place: str
    unite: str
    sens: str
    moments: tuple[Moment, ...]

    @property
    def alt(self) -> str:
        said = " ; ".join(f"{moment.label} : {figures.figure(moment.value, self.unite)}" for moment in self.moments)
        return f"Graphique, {self.title}, {self.place}, par trimestre, valeur et fourchette. {said}."

    @property
    def table(self) -> Table:
        rows = tuple(
            (moment.label, figures.point(moment.value, self.unite), figures.range_note(moment.value, self.unite) or "–")
            for moment in self.moments
        )
        return Table(f"{self.title}, {self.place}, par trimestre", ("Trimestre", "Valeur", "Fourchette"), rows)


def through_time(measure: Measure, values: Values, unit: Unit, periods: Sequence[Period]) -> Timeline:
    """The measure's headline of a unit in each period, the oldest first."""
    ordered = sorted(periods, key=lambda period: period.debut)
    moments = tuple(
        Moment(dates.period_short(period.pas, period.debut), values.get(measure, unit, period, measure.headline or ""))
        for period in ordered
    )
    return Timeline(measure.libelle, unit.nom, measure.unite, measure.sens, moments)
