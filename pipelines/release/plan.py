"""Which periods an edition is the first to show: published is final, so what was shown before is never planned again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from grids.model import Step
from pipelines.periods import Period, final_periods

Key = tuple[Step, date]
"""A period by its step and first day."""


@dataclass(frozen=True)
class Plan:
    """What to do with the closed periods.

    new: final and never shown, to be published now; pending: closed, still read again by the networks, for a candidate;
    settled: published, of years still open, counted from the ledger; closed_years: their annual period is published.
    """

    new: tuple[Period, ...]
    pending: tuple[Period, ...]
    settled: tuple[Period, ...]
    closed_years: frozenset[int]

    def of_candidate(self) -> Plan:
        """The plan of a candidate, once what is final is published: what is pending is shown first."""
        return Plan(self.pending, (), self.settled, self.closed_years)

    @property
    def counted(self) -> tuple[Period, ...]:
        """The periods of which something is counted: the new ones, and the settled ones that they add up with."""
        return tuple(sorted((*self.new, *self.settled), key=lambda each: (each.end, each.start)))

    @property
    def years_left_open(self) -> frozenset[int]:
        """The years of new periods of which the annual period is not among them."""
        yearly = {each.start.year for each in self.new if each.step == "annee"}
        return frozenset(each.start.year for each in self.new) - yearly


def plan(periods: Sequence[Period], published: Collection[Key], as_of: date) -> Plan:
    """Sort the closed `periods` by what is done with them on `as_of`; `published`: those that the published release shows.

    One within a longer period that is published already is never shown: it could tell what the longer one hides.
    """
    shown = [each for each in periods if each.key in published]
    closed_years = frozenset(start.year for step, start in published if step == "annee")
    fresh = [each for each in periods if each not in shown and not any(_within(each, longer) for longer in shown)]
    return Plan(
        new=tuple(final_periods(fresh, as_of)),
        pending=tuple(each for each in fresh if each.final_on > as_of),
        settled=tuple(each for each in shown if each.start.year not in closed_years),
        closed_years=closed_years,
    )


def written(step: Step, start: date) -> str:
    """A period as people write it and addresses hold it: « 2025 », « 2025-T1 », « 2025-03 »."""
    if step == "annee":
        return f"{start.year}"
    return f"{start.year}-T{(start.month + 2) // 3}" if step == "trimestre" else f"{start:%Y-%m}"


def _within(period: Period, longer: Period) -> bool:
    return longer.step != period.step and longer.start <= period.start and period.end <= longer.end
