"""What the pages read of an edition's conclusions, loaded and put into the types that the views take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import polars as pl

from dashboard import cache, reading
from dashboard.cache import once
from dashboard.queries import analyses, structures
from dashboard.selection import Period, Unit
from dashboard.views.behaviour import Behaviours, read_behaviours
from dashboard.views.cloud import Cloud
from dashboard.views.cloud_names import with_names
from dashboard.views.clouds import Clouds, cloud_of, read_clouds
from dashboard.views.criteria import Standings, read_standings
from dashboard.views.decomposition import read_decompositions, read_reweighted
from dashboard.views.effects import read_actions
from dashboard.views.findings import Findings, read_phrases
from dashboard.views.gaps import read_gaps
from dashboard.views.measures import Measure
from dashboard.views.participation import read_participation
from dashboard.views.trend import read_events


def findings(unit: Unit, period: Period, steps: Iterable[str]) -> Findings:
    """All that the edition concludes of a unit, for a period and along the lines of some steps."""
    return _findings(unit, period, tuple(steps))


@once
def _findings(unit: Unit, period: Period, steps: tuple[str, ...]) -> Findings:
    return Findings(
        behaviours={pas: _behaviours(unit, pas) for pas in steps},
        events=read_events(_of(analyses.events, unit)),
        clouds=clouds(period),
        phrases=read_phrases(_of(analyses.sentences, unit, pas=period.pas)),
        actions=read_actions(_of(analyses.actions, unit), _of(analyses.effects, unit)),
        decompositions=read_decompositions(_in(analyses.decompositions, unit, period)),
        reweighted=read_reweighted(_in(analyses.reweighted, unit, period)),
        gaps=read_gaps(_in(analyses.gaps, unit, period)),
        participation=read_participation(_in(analyses.participation, unit, period)),
    )


@once
def standings(unit: Unit, period: Period) -> Standings:
    """Where each criterion of a unit stands in a period."""
    return read_standings(_in(analyses.criteria, unit, period))


@once
def _behaviours(unit: Unit, pas: str) -> Behaviours:
    return read_behaviours(_of(analyses.lines, unit, pas=pas), _of(analyses.points, unit, pas=pas))


@once
def clouds(period: Period) -> Clouds:
    """The structures compared in a period, with their names where the reader sees them so.

    The same on every page: whoever knows some by name could otherwise find them among the unnamed ones of another.
    """
    pas, debut = period.pas, period.debut
    beside = cache.load(analyses.structures_apart, pas=pas, debut=debut)
    told = read_clouds(beside, cache.load(analyses.limits, pas=pas, debut=debut))
    names = {each.id: each.nom for each in reading.named_structures()}
    return with_names(told, cache.load(structures.compared, pas=pas, debut=debut), names)


@once
def cloud(measure: Measure, unit: Unit, period: Period) -> Cloud | None:
    """The cloud of structures to show of a measure, for a unit; None where none are compared."""
    return cloud_of(measure, clouds(period), unit, period)


def _in(query: Callable[..., pl.DataFrame], unit: Unit, period: Period) -> pl.DataFrame:
    return _of(query, unit, pas=period.pas, debut=period.debut)


def _of(query: Callable[..., pl.DataFrame], unit: Unit, **more: str | date) -> pl.DataFrame:
    return cache.load(query, niveau=unit.niveau, unite_id=unit.id, **more)
