"""The figures that sentences tell, looked up by line: one measure, one unit, one step, over the versions that it continues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import polars as pl

from pipelines.sentences.situation import ABSENT, AS_BEFORE, BREAK, FIRST, NO_VALUE, STRUCTURE, Cell, Measure

MEAN, POOLED = "moyenne_structures", "part_accueils"
_KEY = ("mesure_id", "niveau", "unite_id", "pas", "debut", "categorie", "agregation")
_CELL = tuple(Cell.__dataclass_fields__)


class LineKey(NamedTuple):
    """One measure, one unit, one step."""

    mesure_id: str
    niveau: str
    unite_id: str
    pas: str


Cells = dict[tuple[date, str, str], Cell]
"""(first day, category, aggregation) → cell, of one line."""


@dataclass(frozen=True)
class Figures:
    """All cells, by line."""

    measures: Mapping[str, Measure]
    cells: Mapping[LineKey, Cells]

    def lines(self) -> Iterator[LineKey]:
        """Every line of a known measure, in order."""
        return iter(sorted(key for key in self.cells if key.mesure_id in self.measures))

    def versions(self, key: LineKey) -> list[LineKey]:
        """The line and those that it continues, newest first, where they have rows."""
        found, measure_id = [], key.mesure_id
        while measure_id in self.measures:
            earlier = key._replace(mesure_id=measure_id)
            found += [earlier] if earlier in self.cells else []
            measure_id = self.measures[measure_id].continues or ""
        return found

    def last(self, key: LineKey) -> date:
        """The last period that has a row."""
        return max(start for start, _, _ in self.cells[key])

    def aggregation(self, key: LineKey, start: date) -> str:
        """One for the whole line: the mean of structures where any value is shown with it, else the share of receptions.

        Where that one tells nothing of the period and the other does, the other: a sentence never hides a figure that is shown.
        """
        if key.niveau == STRUCTURE:
            return STRUCTURE
        means = any(
            cell.shown
            for version in self.versions(key)
            for (_, category, how), cell in self.cells[version].items()
            if how == MEAN and category == self.telling(version)
        )
        first, second = (MEAN, POOLED) if means else (POOLED, MEAN)
        told = not self.headline(key, start, first).shown and self.headline(key, start, second).shown
        return second if told else first

    def telling(self, key: LineKey) -> str:
        """The category whose state is that of the measure: its headline, or its first answer where it has none."""
        measure = self.measures[key.mesure_id]
        if measure.headline is not None:
            return measure.headline
        return measure.categories[0].code if measure.categories else ""

    def headline(self, key: LineKey, start: date, aggregation: str) -> Cell:
        """The cell that stands for the measure; of a description without a headline, its state alone."""
        cell = self.cells.get(key, {}).get((start, self.telling(key), aggregation), ABSENT)
        return replace(cell, raison=None) if self.measures[key.mesure_id].headline is None else cell

    def beside(self, key: LineKey, start: date, aggregation: str) -> dict[str, Cell]:
        """The shown cells of the other categories of a period: parts, items, ninth decile, the two sides of a gap."""
        period = ((where, cell) for where, cell in self.cells.get(key, {}).items() if where[0] == start)
        return {category: cell for (_, category, how), cell in period if how == aggregation and cell.shown}

    def year_before(self, key: LineKey, start: date) -> LineKey | None:
        """The line, under whatever version, that has a row a year before; None if there is none."""
        wanted = before(start)
        return next((each for each in self.versions(key) if any(day == wanted for day, _, _ in self.cells[each])), None)

    def comparison(self, key: LineKey, start: date, earlier: Cell) -> str:
        """Whether the year before compares (see situation)."""
        if earlier.told or (earlier.shown and self.measures[key.mesure_id].headline is None):
            return AS_BEFORE
        known = any(day <= before(start) for each in self.versions(key) for day, _, _ in self.cells[each])
        if known:
            return NO_VALUE
        measure = self.measures[key.mesure_id]
        broken = measure.continues is None and key._replace(mesure_id=measure.precedente or "") in self.cells
        return BREAK if broken else FIRST


def before(start: date) -> date:
    """The first day of the same period of the year before."""
    return start.replace(year=start.year - 1)


def read_figures(values: pl.DataFrame, measures: Mapping[str, Measure]) -> Figures:
    """From the columns of quality.valeurs. Hidden cells share one object: they are many, and all alike."""
    lines: dict[LineKey, Cells] = {}
    alike = {etat: Cell(etat) for etat in ("masque", "sans_objet")}
    for row in values.select(*_KEY, *_CELL).iter_rows():
        measure_id, niveau, unit_id, step, start, category, aggregation, etat, *rest = row
        cell = alike.get(etat) or Cell(etat, *rest)
        lines.setdefault(LineKey(measure_id, niveau, unit_id, step), {})[start, category, aggregation] = cell
    return Figures(measures, lines)
