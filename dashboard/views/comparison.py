"""One measure for the region, each département and each network, side by side: ordered by name, never by score."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dashboard.access import REGION
from dashboard.selection import Period, Unit
from dashboard.text import words
from dashboard.views import figures
from dashboard.views.measures import NINTH_DECILE, QUANTILES, Measure
from dashboard.views.tables import Table
from dashboard.views.values import ABSENT, DECLINED, MEAN_OF_STRUCTURES, SHARE_OF_RECEPTIONS, Value, Values


@dataclass(frozen=True)
class Row:
    """One row's value; `second` is the ninth decile of a delay, `receptions` the share of receptions.

    `whole`: the region, which is not one more network and has a mark of its own.
    """

    label: str
    value: Value
    second: Value = ABSENT
    receptions: Value = ABSENT
    selected: bool = False
    whole: bool = False

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
    """Rows to draw and to tabulate, in the order given."""

    title: str
    period: str
    unite: str
    sens: str
    answers: bool
    rows: tuple[Row, ...]
    by: str = "territoire"
    axis: str = ""
    header: str = "Moyenne des structures"
    ranged: bool = True

    @property
    def alt(self) -> str:
        said = " ; ".join(f"{row.name} : {figures.figure(row.drawn, self.unite)}" for row in self.rows)
        what = "valeur et fourchette" if self.ranged else f"valeur ({words.FACT})"
        return f"Graphique, {self.title}, {self.period}, {what} par {self.by}. {said}."

    @property
    def table(self) -> Table:
        columns = [(self.by.capitalize(), [row.label for row in self.rows])]
        columns.append((self.header, [self._point(row) for row in self.rows]))
        if self.ranged:
            columns.append(("Fourchette", [figures.span(row.value, self.unite) or "–" for row in self.rows]))
        columns.append(("Solidité", [self._solidity(row) for row in self.rows]))
        if any(row.receptions is not ABSENT for row in self.rows):
            header = words.aggregation(SHARE_OF_RECEPTIONS, answers=self.answers)
            columns.append((header, [figures.figure(row.receptions, self.unite) for row in self.rows]))
        if any(row.second is not ABSENT for row in self.rows):
            columns.append(("Neuf fois sur dix", [figures.figure(row.second, self.unite) for row in self.rows]))
        cells = zip(*(column for _, column in columns), strict=True)
        return Table(f"{self.title}, {self.period}", tuple(header for header, _ in columns), tuple(cells))

    def _point(self, row: Row) -> str:
        return figures.point(row.value, self.unite) if row.value.valeur is not None or not row.value.shown else "–"

    def _solidity(self, row: Row) -> str:
        notes = (figures.solidity(row.value, answers=self.answers), *figures.notes(row.value))
        return ", ".join(filter(None, notes)) or "–"


def compare(
    measure: Measure,
    values: Values,
    units: Sequence[Unit],
    period: Period,
    selected: Unit,
    *,
    declining: Collection[str] = (),
) -> Comparison:
    """The measure's headline for each unit at whose level it is shown, in the order given; `declining` networks say so."""
    rows = tuple(
        _declining(
            row_of(unit.nom, measure, values, unit, period, selected=unit == selected, whole=unit.niveau == REGION),
            unit,
            declining,
        )
        for unit in units
        if measure.shown_at(unit.niveau)
    )
    return Comparison(
        title=measure.libelle,
        period=period.name,
        unite=measure.shown_unit,
        sens=measure.sens,
        answers=measure.counts_answers,
        rows=rows,
        axis=axis_title(measure, MEAN_OF_STRUCTURES),
        header=words.aggregation(MEAN_OF_STRUCTURES, fact=measure.fait_d_organisation and measure.is_share),
        ranged=measure.has_ranges,
    )


def row_of(
    label: str,
    measure: Measure,
    values: Values,
    unit: Unit,
    period: Period,
    *,
    selected: bool = False,
    whole: bool = False,
) -> Row:
    """The measure's headline of a unit in a period, under a label."""
    category = measure.headline or ""
    return Row(
        label=label,
        value=values.get(measure, unit, period, category),
        second=_ninth_decile(measure, values, unit, period),
        receptions=values.get(measure, unit, period, category, SHARE_OF_RECEPTIONS),
        selected=selected,
        whole=whole,
    )


def parts_of(measure: Measure, values: Values, unit: Unit, period: Period) -> Comparison:
    """The items of an index, or the partners of a share, of one unit: in the order of the grid, never by score."""
    how = values.aggregation(measure, unit, period)
    cells = [(part, values.get(measure, unit, period, part.code, how)) for part in measure.parts]
    return Comparison(
        title=measure.libelle,
        period=f"{unit.nom}, {period.name}",
        unite=figures.PERCENT,
        sens=measure.sens,
        answers=measure.counts_answers,
        rows=tuple(Row(part.libelle, value) for part, value in cells if value is not ABSENT),
        by="item",
        axis=axis_title(measure, how),
        header=words.aggregation(how, answers=measure.counts_answers),
        ranged=measure.has_ranges,
    )


def axis_title(measure: Measure, aggregation: str) -> str:
    """What the axis of a measure's chart counts, in small letters."""
    if measure.is_share:
        fact = measure.fait_d_organisation
        return words.aggregation(aggregation, answers=measure.counts_answers, fact=fact).lower()
    return f"écart, en {measure.unite}" if measure.shown_unit != measure.unite else measure.unite


def _declining(row: Row, unit: Unit, declining: Collection[str]) -> Row:
    return replace(row, value=DECLINED) if unit.id in declining and not row.value.told else row


def _ninth_decile(measure: Measure, values: Values, unit: Unit, period: Period) -> Value:
    if measure.genre != QUANTILES:
        return ABSENT
    return values.get(measure, unit, period, NINTH_DECILE, values.aggregation(measure, unit, period))
