"""One measure of one unit, quarter after quarter; a hidden quarter leaves a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.selection import Period, Unit
from dashboard.text import dates, words
from dashboard.views import figures
from dashboard.views.measures import Measure
from dashboard.views.tables import Table
from dashboard.views.values import MEAN_OF_STRUCTURES, SHARE_OF_RECEPTIONS, Value, Values


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
    aggregation: str
    moments: tuple[Moment, ...]

    @property
    def alt(self) -> str:
        said = " ; ".join(f"{moment.label} : {figures.figure(moment.value, self.unite)}" for moment in self.moments)
        how = words.AGGREGATIONS[self.aggregation].lower()
        return f"Graphique, {self.title}, {self.place}, par trimestre, {how}, valeur et fourchette. {said}."

    @property
    def table(self) -> Table:
        rows = tuple(
            (moment.label, figures.point(moment.value, self.unite), figures.range_note(moment.value, self.unite) or "–")
            for moment in self.moments
        )
        return Table(
            f"{self.title}, {self.place}, par trimestre",
            ("Trimestre", words.AGGREGATIONS[self.aggregation], "Fourchette"),
            rows,
        )


def through_time(measure: Measure, values: Values, unit: Unit, periods: Sequence[Period]) -> Timeline:
    """The measure's headline of a unit in each period, the oldest first."""
    ordered = sorted(periods, key=lambda period: period.debut)
    how = _one_aggregation(measure, values, unit, ordered)
    moments = tuple(
        Moment(
            dates.period_short(period.pas, period.debut),
            values.get(measure, unit, period, measure.telling_category, how),
        )
        for period in ordered
    )
    return Timeline(measure.libelle, unit.nom, measure.unite, measure.sens, how, moments)


def _one_aggregation(measure: Measure, values: Values, unit: Unit, periods: Sequence[Period]) -> str:
    # A line never goes from one way of counting to another: the share only where no mean can be shown at all.
    told = {
        each: any(values.get(measure, unit, period, measure.telling_category, each).told for period in periods)
        for each in (MEAN_OF_STRUCTURES, SHARE_OF_RECEPTIONS)
    }
    return SHARE_OF_RECEPTIONS if told[SHARE_OF_RECEPTIONS] and not told[MEAN_OF_STRUCTURES] else MEAN_OF_STRUCTURES
