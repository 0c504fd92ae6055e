"""The figures that sentences tell, looked up by line: one measure, one unit, one step, over the versions that it continues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from pipelines.sentences.situation import ABSENT, AS_BEFORE, BREAK, FIRST, NO_VALUE, STRUCTURE, Cell, Measure

MEAN, POOLED = "moyenne_structures", "part_accueils"


class LineKey(NamedTuple):
    """One measure, one unit, one step."""

    mesure_id: str
    niveau: str
    unite_id: str
    pas: str


Cells = dict[date, dict[tuple[str, str], Cell]]
"""First day → (category, aggregation) → cell, of one line."""


@dataclass(frozen=True)
class Figures:
    """The cells that sentences read, by line (see sentences.reading).

    first: the first period of each line that has a row, read or not; averaged: the lines of which the headline is shown as a
    mean of structures in some period.
    """

    measures: Mapping[str, Measure]
    cells: Mapping[LineKey, Cells]
    first: Mapping[LineKey, date]
    averaged: frozenset[LineKey]

    def lines(self) -> Iterator[LineKey]:
        """Every line of a known measure, in order."""
        return iter(sorted(key for key in self.cells if key.mesure_id in self.measures))

    def versions(self, key: LineKey) -> list[LineKey]:
        """The line and those that it continues, newest first, where they have rows."""
        place = key[1:]
        versions = [LineKey(each, *place) for each in self._lineages.get(key.mesure_id, ())]
        return [each for each in versions if each in self.cells]

    def last(self, key: LineKey) -> date:
        """The last period that has a row."""
        return max(self.cells[key])

    def aggregation(self, key: LineKey, start: date) -> str:
        """One for the whole line: the mean of structures where any value is shown with it, else the share of receptions.

        Where that one tells nothing of the period and the other does, the other: a sentence never hides a figure that is shown.
        """
        if key.niveau == STRUCTURE:
            return STRUCTURE
        means = any(version in self.averaged for version in self.versions(key))
        first, second = (MEAN, POOLED) if means else (POOLED, MEAN)
        told = not self.headline(key, start, first).shown and self.headline(key, start, second).shown
        return second if told else first

    def headline(self, key: LineKey, start: date, aggregation: str) -> Cell:
        """The cell that stands for the measure; of a description without a headline, its state alone."""
        cell = self._period(key, start).get((telling(self.measures[key.mesure_id]), aggregation), ABSENT)
        return replace(cell, raison=None) if self.measures[key.mesure_id].headline is None else cell

    def beside(self, key: LineKey, start: date, aggregation: str) -> dict[str, Cell]:
        """The shown cells of the other categories of a period: parts, items, ninth decile, the two sides of a gap."""
        period = self._period(key, start)
        return {category: cell for (category, how), cell in period.items() if how == aggregation and cell.shown}

    def year_before(self, key: LineKey, start: date) -> LineKey | None:
        """The line, under whatever version, that has a row a year before; None if there is none."""
        wanted = before(start)
        return next((each for each in self.versions(key) if wanted in self.cells[each]), None)

    def comparison(self, key: LineKey, start: date, earlier: Cell) -> str:
        """Whether the year before compares (see situation)."""
        if earlier.told or (earlier.shown and self.measures[key.mesure_id].headline is None):
            return AS_BEFORE
        known = any(self.first[each] <= before(start) for each in self.versions(key))
        if known:
            return NO_VALUE
        measure = self.measures[key.mesure_id]
        broken = measure.continues is None and key._replace(mesure_id=measure.precedente or "") in self.cells
        return BREAK if broken else FIRST

    @cached_property
    def _lineages(self) -> Mapping[str, tuple[str, ...]]:
        return {each: tuple(lineage(each, self.measures)) for each in self.measures}

    def _period(self, key: LineKey, start: date) -> Mapping[tuple[str, str], Cell]:
        return self.cells.get(key, {}).get(start, {})


@cache
def before(start: date) -> date:
    """The first day of the same period of the year before."""
    return start.replace(year=start.year - 1)


def telling(measure: Measure) -> str:
    """The category whose state is that of the measure: its headline, or its first answer where it has none."""
    if measure.headline is not None:
        return measure.headline
    return measure.categories[0].code if measure.categories else ""


def lineage(measure_id: str, measures: Mapping[str, Measure]) -> Iterator[str]:
    """A measure and those that it continues, newest first, where they are known."""
    while measure_id in measures:
        yield measure_id
        measure_id = measures[measure_id].continues or ""
