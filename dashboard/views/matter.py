"""What the committee's page is made from: all that an edition tells of one choice, and a sentence that leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from dashboard.selection import CRITERION, Selection
from dashboard.views.breakdown import Breakdowns
from dashboard.views.catalogue import Criterion, Field, Indicator
from dashboard.views.criteria import Standings
from dashboard.views.findings import Findings
from dashboard.views.history import History
from dashboard.views.measures import Measure
from dashboard.views.moves import Line, telling_lines
from dashboard.views.values import Value, Values


@dataclass(frozen=True)
class Statement:
    """A sentence, and the page that gives its detail: `title` says where, `path` and `query` lead there.

    `indicators`: those that it speaks of, by code (« PD02 »).
    """

    text: str
    title: str
    path: str
    query: Mapping[str, str]
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question(Statement):
    """A decision that the committee can take, in the same shape."""


@dataclass(frozen=True)
class Matter:
    """All that an edition tells of a unit and a period.

    `values`: of the period and of the one a year before. `redundant`: the rows of queries.grid.redundancies that concern
    the unit; `networks`: the names of networks by code. `latest`: whether the period is the last of its step, since lines
    and the standing of criteria are told as they are today. `followed`: how many actions structures follow, none named.
    """

    selection: Selection
    fields: Sequence[Field]
    values: Values
    history: History
    findings: Findings
    standings: Standings
    breakdowns: Breakdowns | None = None
    redundant: pl.DataFrame = field(default_factory=pl.DataFrame)
    networks: Mapping[str, str] = field(default_factory=dict)
    latest: bool = True
    followed: int = 0

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Those of all fields, in the order of the grid."""
        return tuple(criterion for field in self.fields for criterion in field.criteria)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Those of all criteria, in the order of the grid."""
        return tuple(indicator for criterion in self.criteria for indicator in criterion.indicators)

    @property
    def measures(self) -> Iterator[Measure]:
        """Those that can have a figure for the unit and the period, in the order of the grid."""
        unit, period = self.selection.unit, self.selection.period
        for criterion in self.criteria:
            yield from (each for each in criterion.measures if each.shown_at(unit.niveau) and each.shown_by(period.pas))

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """The line that tells something of a measure, by its id, on the last period only."""
        return telling_lines(self.findings.behaviours) if self.latest else {}

    def value(self, measure: Measure) -> Value:
        """The figure that stands for a measure in the unit and the period."""
        return self.values.headline(measure, self.selection.unit, self.selection.period)

    def on(self, measure: Measure, text: str) -> Statement:
        """A sentence that leads to the criterion of a measure."""
        query = {**self.selection.query, CRITERION: measure.critere}
        return Statement(text, measure.critere_libelle, measure.champ, query, (indicator_of(measure),))

    def elsewhere(self, text: str, title: str, path: str, **more: str) -> Statement:
        """A sentence that leads to another page, with the same choice."""
        return Statement(text, title, path, {**self.selection.query, **more})


def indicator_of(measure: Measure) -> str:
    """« PD02 »: what all views of one thing have in common."""
    return measure.name.partition(".")[0]
