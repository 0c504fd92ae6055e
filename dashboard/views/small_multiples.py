"""The same measure through time for each structure that the reader sees by name: a panel each, all on the same axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.selection import Period, Unit
from dashboard.text import dates, numbers
from dashboard.text.typography import capitalised
from dashboard.views import figures
from dashboard.views.history import Stage
from dashboard.views.measures import Measure
from dashboard.views.structures import Structure
from dashboard.views.tables import Table
from dashboard.views.timeline import Timeline, through_time
from dashboard.views.values import MEAN_OF_STRUCTURES, OF_ONE_STRUCTURE, Values

ENOUGH = 2
"""Points that make a line."""


@dataclass(frozen=True)
class Panel:
    """The line of one structure, with that of its network behind; `extent`: the ends of the values of all panels."""

    name: str
    line: Timeline
    behind: Timeline
    extent: tuple[int, int]

    @property
    def alt(self) -> str:
        return f"{self.line.alt} En gris, {self.behind.place}."


@dataclass(frozen=True)
class SmallMultiples:
    """Panels of one measure by one step, in the order given; `silent`: structures that have no line to show."""

    title: str
    step: str
    network: str
    panels: tuple[Panel, ...]
    silent: tuple[str, ...] = ()

    @property
    def silence(self) -> str:
        """Which structures have no line; empty where all have one."""
        return (
            f"Trop peu de périodes montrées pour tracer une ligne : {numbers.listed(self.silent)}."
            if self.silent
            else ""
        )

    @property
    def table(self) -> Table:
        """A row for each period, a column for each structure, and the network's mean at the end."""
        lines = [*(panel.line for panel in self.panels), *(panel.behind for panel in self.panels[:1])]
        header = (capitalised(self.step), *(panel.name for panel in self.panels), f"{self.network}, moyenne")
        labels = [moment.label for moment in lines[0].moments] if lines else []
        rows = tuple(
            (label, *(figures.figure(line.moments[place].value, line.unite) for line in lines))
            for place, label in enumerate(labels)
        )
        return Table(f"{self.title}, par {self.step}, structure par structure", header, rows)


def small_multiples(
    measure: Measure,
    structures: Sequence[Structure],
    network: Unit,
    by_step: Mapping[str, tuple[Values, Values]],
    periods: Mapping[str, Sequence[Period]],
    stages: Sequence[Stage] = (),
) -> SmallMultiples | None:
    """By quarter where most structures have a line of them, else by year; None where no structure has a line.

    `by_step`: values of these structures, then of the network, through the periods of the step.
    """
    steps = [each for each in (dates.QUARTER, dates.YEAR) if each in by_step and measure.shown_by(each)]
    drawn = {each: _lines(measure, structures, by_step[each][0], periods[each], stages) for each in steps}
    step = max(steps, key=lambda each: sum(map(_has_line, drawn[each])), default="")
    lines = drawn.get(step, [])
    if not any(map(_has_line, lines)):
        return None
    behind = through_time(measure, by_step[step][1], network, periods[step], stages, aggregation=MEAN_OF_STRUCTURES)
    kept = [line for line in lines if _has_line(line)]
    extent = _extent([*kept, behind])
    return SmallMultiples(
        title=measure.libelle,
        step=behind.step,
        network=network.nom,
        panels=tuple(Panel(line.place, line, behind, extent) for line in kept),
        silent=tuple(line.place for line in lines if not _has_line(line)),
    )


def _lines(
    measure: Measure,
    structures: Sequence[Structure],
    values: Values,
    periods: Sequence[Period],
    stages: Sequence[Stage],
) -> list[Timeline]:
    own = _as_means(values)
    lines = [
        through_time(measure, own, each.unit, periods, stages, aggregation=MEAN_OF_STRUCTURES) for each in structures
    ]
    return [replace(line, axis="valeur de la structure") for line in lines]


def _as_means(values: Values) -> Values:
    """A line is one of means, and the mean of one structure is its value."""
    return Values(
        {(*key[:-1], MEAN_OF_STRUCTURES): cell for key, cell in values.cells.items() if key[-1] == OF_ONE_STRUCTURE}
    )


def _has_line(line: Timeline) -> bool:
    return sum(moment.value.shown for moment in line.moments) >= ENOUGH


def _extent(lines: Sequence[Timeline]) -> tuple[int, int]:
    values = [moment.value for line in lines for moment in line.moments]
    ends = [end for each in values for end in (each.valeur, each.basse, each.haute) if end is not None]
    return min(ends, default=0), max(ends, default=5)
