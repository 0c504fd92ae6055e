"""What the committee's page and its note read of an edition, loaded and put into the type that their views take."""

from __future__ import annotations

from dashboard import cache, findings, reading
from dashboard.access import DEPARTMENT, NETWORK, REGION
from dashboard.cache import once
from dashboard.queries import followed, grid
from dashboard.selection import Period, Selection
from dashboard.text import dates
from dashboard.views import asked
from dashboard.views.breakdown import why_no_breakdown
from dashboard.views.committee import CommitteeView, committee_view
from dashboard.views.matter import Matter


@once
def committee(selection: Selection) -> CommitteeView:
    """The five sentences and the three questions of a choice."""
    return committee_view(matter(selection))


@once
def matter(selection: Selection) -> Matter:
    """All that the edition tells of a unit and a period."""
    unit, period = selection.unit, selection.period
    redundant = cache.load(grid.redundancies)
    return Matter(
        selection=selection,
        fields=reading.quality_fields(period),
        values=reading.values(period),
        history=reading.history(),
        findings=findings.findings(unit, period, dates.COARSEST_FIRST),
        standings=findings.standings(unit, period),
        breakdowns=None if why_no_breakdown(selection) else reading.breakdowns(unit, period),
        redundant=redundant.clear() if unit.niveau == DEPARTMENT else asked.of_unit(redundant, unit),
        networks={each.id: each.nom for each in reading.units() if each.niveau == NETWORK},
        latest=is_latest(period),
        followed=cache.load(followed.actions).item() if unit.niveau == REGION else 0,
    )


@once
def is_latest(period: Period) -> bool:
    """Whether a period is the last closed one of its step."""
    return period == max(reading.periods_by(period.pas), key=lambda each: each.debut, default=period)
