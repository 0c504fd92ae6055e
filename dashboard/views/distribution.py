"""How answers spread over the categories of a measure: one row a unit, or one row a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.selection import Period, Unit
from dashboard.text import dates, words
from dashboard.text.typography import capitalised
from dashboard.views import figures
from dashboard.views.history import Stage
from dashboard.views.measures import Category, Measure
from dashboard.views.tables import Table
from dashboard.views.values import SHARE_OF_RECEPTIONS, Value, Values


@dataclass(frozen=True)
class Spread:
    """One row: a value for each category, in the order of the grid."""

    label: str
    parts: tuple[Value, ...]

    @property
    def drawable(self) -> bool:
        # A bar that lacks more than a sliver would show the other answers at a place that is not theirs.
        pointed = any(part.shown and part.valeur is not None for part in self.parts)
        return pointed and all(part.shown and (part.valeur is not None or part.sliver) for part in self.parts)

    @property
    def cautious(self) -> bool:
        return any(part.cautious for part in self.parts)

    @property
    def note(self) -> str:
        """What is written in place of a bar."""
        if self.drawable:
            return ""
        if any(part.shown for part in self.parts):
            return "incomplet : voir le tableau"
        reason = next((part.raison for part in self.parts if part.raison), None)
        if reason:
            return words.REASONS[reason]
        return words.STATES.get(self.parts[0].etat if self.parts else "", words.ABSENT)


@dataclass(frozen=True)
class Distribution:
    """Rows to draw and to tabulate. `directed` when some answers are favourable."""

    title: str
    subject: str
    first_column: str
    categories: tuple[Category, ...]
    rows: tuple[Spread, ...]

    @property
    def directed(self) -> bool:
        return any(category.favorable for category in self.categories)

    @property
    def alt(self) -> str:
        return f"Graphique, {self.title}, {self.subject}, répartition des réponses. " + " ; ".join(
            f"{row.label} : {row.note or self._said(row)}" for row in self.rows
        )

    def _said(self, row: Spread) -> str:
        pairs = zip(self.categories, row.parts, strict=True)
        return ", ".join(f"{category.libelle} {figures.point(part, '%')}" for category, part in pairs)

    @property
    def table(self) -> Table:
        header = (self.first_column, *(category.libelle for category in self.categories))
        rows = tuple((row.label, *(figures.figure(part, "%") for part in row.parts)) for row in self.rows)
        return Table(f"{self.title}, {self.subject}", header, rows)


def spread_over_units(measure: Measure, values: Values, units: Sequence[Unit], period: Period) -> Distribution:
    """One row for each unit at whose level the measure is shown, in the order given."""
    rows = tuple(spread_of(unit.nom, measure, values, unit, period) for unit in units if measure.shown_at(unit.niveau))
    return Distribution(measure.libelle, period.name, "Territoire", measure.categories, rows)


def spread_over_time(
    measure: Measure, values: Values, unit: Unit, periods: Sequence[Period], stages: Sequence[Stage] = ()
) -> Distribution:
    """One row for each period of one step, the oldest first; earlier stages as far back as they ask the same thing."""
    step = words.STEPS[periods[0].pas] if periods else ""
    rows = tuple(
        spread_of(dates.period_short(period.pas, period.debut), each, values, unit, period)
        for each, period in _asked(measure, periods, stages)
    )
    return Distribution(measure.libelle, f"{unit.nom}, par {step}", capitalised(step), measure.categories, rows)


def _asked(measure: Measure, periods: Sequence[Period], stages: Sequence[Stage]) -> list[tuple[Measure, Period]]:
    """Which measure tells each period, for those that can be read together with this one."""
    ordered = sorted(periods, key=lambda period: period.debut)
    if not stages:
        return [(measure, period) for period in ordered]
    kept: list[Stage] = []
    for stage in reversed(stages):
        if [each.code for each in stage.measure.categories] != [each.code for each in measure.categories]:
            break
        kept.append(stage)
        if not stage.joined:
            break
    return [(stage.measure, period) for period in ordered for stage in kept if stage.version.covers(period.debut)]


def spread_of(label: str, measure: Measure, values: Values, unit: Unit, period: Period) -> Spread:
    """The answers of a unit in a period, under a label."""
    how = values.aggregation(measure, unit, period)
    parts = tuple(values.get(measure, unit, period, category.code, how) for category in measure.categories)
    return Spread(f"{label} ¹" if how == SHARE_OF_RECEPTIONS else label, parts)
