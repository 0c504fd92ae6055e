"""By which step a structure is told, and where to look when its finest step says nothing of a measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.selection import Period
from dashboard.text import dates, words
from dashboard.views.criteria import Standings
from dashboard.views.findings import Findings
from dashboard.views.history import History
from dashboard.views.measures import Measure
from dashboard.views.values import Values


@dataclass(frozen=True)
class Slice:
    """What a release says in one period: figures of all units, and what it concludes of the structure."""

    period: Period
    values: Values
    findings: Findings = field(default_factory=Findings)
    standings: Standings = field(default_factory=dict)


def told_periods(through_time: Mapping[str, Values], periods: Iterable[Period], history: History) -> list[Period]:
    """The periods in which a structure has some figure that is no fact of organisation: the finest step first, then the latest.

    `through_time`: the figures of this structure alone, by step.
    """
    told = {
        (pas, key[3])
        for pas, values in through_time.items()
        for key, cell in values.cells.items()
        if cell.shown and not history.measures[key[0]].fait_d_organisation
    }
    kept = [each for each in periods if (each.pas, each.debut) in told]
    kept.sort(key=lambda each: each.debut, reverse=True)
    return sorted(kept, key=lambda each: -dates.COARSEST_FIRST.index(each.pas))


def own_period(told: Sequence[Period], periods: Sequence[Period]) -> Period:
    """The latest period of the structure's finest step; the latest year where nothing is told at all."""
    years = [each for each in periods if each.pas == dates.YEAR] or list(periods)
    return told[0] if told else max(years, key=lambda each: each.debut)


def latest_by_step(told: Sequence[Period]) -> dict[str, Period]:
    """The latest told period of each step, the finest first."""
    latest: dict[str, Period] = {}
    for each in told:
        latest.setdefault(each.pas, each)
    return latest


def looked_at(period: Period, periods: Sequence[Period]) -> list[Period]:
    """The period, then the longer one of each coarser step that holds it, or the last closed before it."""
    coarser = reversed(dates.COARSEST_FIRST[: dates.COARSEST_FIRST.index(period.pas)])
    found = (_longer(period, [each for each in periods if each.pas == pas], pas) for pas in coarser)
    return [period, *(each for each in found if each is not None)]


def _longer(period: Period, periods: Sequence[Period], pas: str) -> Period | None:
    before = (each for each in periods if each.debut <= period.within_a(pas).debut)
    return max(before, key=lambda each: each.debut, default=None)


def step_sentence(told: Sequence[Period]) -> str:
    """By which step the structure is told at the finest, and what is done with the rest."""
    if not told:
        return (
            "Aucun chiffre de qualité de cette structure n'est montré ; ses pratiques et sa réponse d'équipe le sont."
        )
    step = told[0].pas
    finest = f"Les chiffres de cette structure se lisent par {words.STEPS[step]}"
    if step == dates.YEAR:
        return f"{finest}."
    return f"{finest} ; ceux qui demandent plus de réponses se lisent sur une période plus longue, écrite à côté."


def comparable_in(measure: Measure, slices: Iterable[Slice], history: History) -> list[tuple[Measure, Slice]]:
    """The measure as each period asks it, for the periods that tell something comparable."""
    pairs = ((history.comparable(measure, each.period), each) for each in slices)
    return [(found, each) for found, each in pairs if found is not None]
