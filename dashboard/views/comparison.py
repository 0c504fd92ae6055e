"""One measure for the region and each network, side by side: ordered by name, never by score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.selection import Period, Unit
from dashboard.views import figures
from dashboard.views.measures import NINTH_DECILE, QUANTILES, Measure
from dashboard.views.tables import Table
from dashboard.views.values import ABSENT, SHARE_OF_RECEPTIONS, Value, Values


@dataclass(frozen=True)
class Row:
    """One unit's value; `second` is the ninth decile of a delay, `receptions` the share of receptions."""

    label: str
    value: Value
    second: Value
    receptions: Value
    selected: bool

    @property
    def drawn(self) -> Value:
        """The value on the chart: the mean of structures, or the share of receptions where only that may be shown."""
        return self.receptions if self.by_receptions else self.value

    @property
    def by_receptions(self) -> bool:
        return self.receptions.told and not self.value.told

    @property
    def name(self) -> str:
        """The label on the chart, with the mark of a value counted otherwise than the others."""
        return f"{self.label} ¹" if self.by_receptions else self.label


@dataclass(frozen=True)
class Comparison:
    """Rows to draw and to tabulate, the region first."""

    title: str
    period: str
    unite: str
    sens: str
    answers: bool
    rows: tuple[Row, ...]

    @property
    def alt(self) -> str:
        said = " ; ".join(f"{row.name} : {figures.figure(row.drawn, self.unite)}" for row in self.rows)
        return f"Graphique, {self.title}, {self.period}, valeur et fourchette par territoire. {said}."

    @property
    def table(self) -> Table:
        delays = any(row.second is not ABSENT for row in self.rows)
        columns = ("Territoire", "Moyenne des structures", "Fourchette", "Solidité", "Part des accueils")
        header = (*columns, "Neuf fois sur dix") if delays else columns
        rows = tuple(self._cells(row, delays=delays) for row in self.rows)
        return Table(f"{self.title}, {self.period}", header, rows)

    def _cells(self, row: Row, *, delays: bool) -> tuple[str, ...]:
        value = row.value
        cells = (
            row.label,
            figures.point(value, self.unite) if value.valeur is not None or not value.shown else "–",
            figures.span(value, self.unite) or "–",
            ", ".join(filter(None, (figures.solidity(value, answers=self.answers), *figures.reserves(value)))) or "–",
            figures.figure(row.receptions, self.unite),
        )
        return (*cells, figures.figure(row.second, self.unite)) if delays else cells


def compare(measure: Measure, values: Values, units: Sequence[Unit], period: Period, selected: Unit) -> Comparison:
    """The measure's headline for each unit, in the order given."""
    category = measure.headline or ""
    rows = tuple(
        Row(
            label=unit.nom,
            value=values.get(measure, unit, period, category),
            second=_ninth_decile(measure, values, unit, period),
            receptions=values.get(measure, unit, period, category, SHARE_OF_RECEPTIONS),
            selected=unit == selected,
        )
        for unit in units
    )
    return Comparison(measure.libelle, period.name, measure.unite, measure.sens, measure.counts_answers, rows)


def _ninth_decile(measure: Measure, values: Values, unit: Unit, period: Period) -> Value:
    if measure.genre != QUANTILES:
        return ABSENT
    return values.get(measure, unit, period, NINTH_DECILE, values.aggregation(measure, unit, period))
