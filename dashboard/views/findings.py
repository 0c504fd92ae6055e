"""All that an edition concludes of one unit: what a page adds to the figures themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from dashboard.selection import Period
from dashboard.views.behaviour import Behaviour, Behaviours
from dashboard.views.clouds import Clouds
from dashboard.views.decomposition import Reweighted
from dashboard.views.effects import Action
from dashboard.views.gaps import Gaps
from dashboard.views.measures import Measure
from dashboard.views.participation import Participation
from dashboard.views.trend import Event


@dataclass(frozen=True)
class Phrase:
    """The last figure of a measure in words: a fact, how solid it is, a question."""

    fact: str
    solidity: str
    question: str


@dataclass(frozen=True)
class Findings:
    """Of one unit and one period; `behaviours` by step, `phrases` by measure and first day of the period.

    An edition that concludes nothing has them all empty.
    """

    behaviours: Mapping[str, Behaviours] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    clouds: Clouds = field(default_factory=dict)
    phrases: Mapping[tuple[str, date], Phrase] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    decompositions: dict[str, dict] = field(default_factory=dict)
    reweighted: Mapping[str, Reweighted] = field(default_factory=dict)
    gaps: Gaps = field(default_factory=dict)
    participation: Participation | None = None

    def behaviour(self, measure: Measure, pas: str) -> Behaviour | None:
        """What is said of the line of a measure by a step; None where nothing is."""
        return self.behaviours.get(pas, Behaviours()).of(measure)

    def phrase(self, measure: Measure, period: Period) -> Phrase | None:
        """The three sentences of a measure, where the period is the last that they tell."""
        return self.phrases.get((measure.id, period.debut))


def read_phrases(frame: pl.DataFrame) -> dict[tuple[str, date], Phrase]:
    """From quality.phrases of one unit and step."""
    columns = ("mesure_id", "debut", "fait", "solidite", "question")
    return {(measure, start): Phrase(*said) for measure, start, *said in frame.select(columns).iter_rows()}
