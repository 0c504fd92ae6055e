"""What a structure's sheet reads, loaded and put into the types that its views take."""

from __future__ import annotations

from dashboard import findings, reading
from dashboard.access import NETWORK, REGION, TEAM
from dashboard.selection import Period, Selection, Unit
from dashboard.text import dates
from dashboard.views.structure_lines import Places
from dashboard.views.structure_periods import Slice, looked_at, told_periods
from dashboard.views.structure_sheet import SheetView, sheet_view


def view_of(selection: Selection, told: list[Period]) -> SheetView:
    """The sheet of the structure and period chosen, within what the reader may see."""
    structure, period = selection.unit, selection.period
    return sheet_view(
        _places(structure),
        [_slice(structure, each) for each in looked_at(period, reading.periods())],
        reading.quality_fields(period),
        reading.history(),
        told,
        for_team=reading.reader().role == TEAM,
    )


def told_of(structure: Unit) -> list[Period]:
    """The periods in which a structure has figures of quality, the finest step first."""
    steps = reading.values_through_time(structure, dates.COARSEST_FIRST)
    return told_periods(steps, reading.periods(), reading.history())


def _places(structure: Unit) -> Places:
    network = next(each.reseau for each in reading.named_structures() if each.id == structure.id)
    units = reading.units()
    return Places(
        structure,
        next(each for each in units if (each.niveau, each.id) == (NETWORK, network)),
        next(each for each in units if each.niveau == REGION),
    )


def _slice(structure: Unit, period: Period) -> Slice:
    concluded = findings.findings(structure, period, (period.pas,))
    return Slice(period, reading.values(period), concluded, findings.standings(structure, period))
