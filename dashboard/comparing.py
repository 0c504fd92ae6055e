"""What the page that compares practices reads, loaded and put into the types that the views take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dashboard import cache, reading
from dashboard.access import DEPARTMENT, NETWORK
from dashboard.cache import once
from dashboard.findings import clouds
from dashboard.queries import practices, structures
from dashboard.selection import Period, Selection, Unit
from dashboard.text import dates
from dashboard.views import practices as views
from dashboard.views.clouds import Clouds
from dashboard.views.measures import Measure
from dashboard.views.own_structures import ordered
from dashboard.views.practices import Offered
from dashboard.views.structures import Structure
from dashboard.views.values import Values, read_values
from grids.register import networks


@dataclass(frozen=True)
class Compared:
    """The structures that the reader sees by name, the unit around them, and what the edition tells of a period.

    `rows`: those of quality.comparaisons of these structures; `refusing`: how many of the reader's own network may not be
    named; `places`: names of départements by code.
    """

    own: list[Structure]
    around: Unit
    rows: pl.DataFrame
    clouds: Clouds
    refusing: int
    places: dict[str, str]

    @property
    def names(self) -> dict[str, str]:
        """By id."""
        return {each.id: each.nom for each in self.own}


@once
def compared(selection: Selection, order: str) -> Compared:
    """What is compared in the period chosen: around the reader's own network, or else around the unit chosen.

    `order`: that of the reader's structures (dashboard.views.own_structures.ORDERS).
    """
    period, units = selection.period, reading.units()
    places = {each.id: each.nom for each in units if each.niveau == DEPARTMENT}
    own = ordered(reading.named_structures(), places, order)
    rows = cache.load(structures.compared, pas=period.pas, debut=period.debut)
    return Compared(
        own=own,
        around=_around(selection.unit, own, units),
        rows=rows,
        clouds=clouds(period),
        refusing=cache.load(practices.consents)["refusent"].item(),
        places=places,
    )


@once
def offered(selection: Selection, order: str) -> list[Offered]:
    """The measures that compare structures in the period chosen, each with its cloud."""
    beside = compared(selection, order)
    return views.offered(reading.quality_fields(selection.period), beside.clouds, beside.around, selection.period)


def profiles(period: Period) -> pl.DataFrame:
    """Rows of quality.pratiques of a period."""
    return cache.load(practices.profiles, pas=period.pas, debut=period.debut)


def through_time(measures: Sequence[Measure], network: Unit) -> dict[str, tuple[Values, Values]]:
    """By quarter and by year, a measure under each of its versions: for the reader's structures, then for their network."""
    steps = (dates.QUARTER, dates.YEAR)
    behind = reading.values_through_time(network, steps)
    names = tuple(each.id for each in measures)
    return {pas: (_lines(names, pas), behind[pas]) for pas in steps}


@once
def _lines(measures: tuple[str, ...], pas: str) -> Values:
    return read_values(cache.load(practices.through_time, measures=measures, pas=pas), reading.flagged(pas))


def _around(chosen: Unit, own: Sequence[Structure], units: Sequence[Unit]) -> Unit:
    region = units[0]
    if own:
        return _network(own[0].reseau, units)
    return region if chosen.niveau == DEPARTMENT else chosen


def _network(code: str, units: Sequence[Unit]) -> Unit:
    """The network as a unit, even where the edition does not show it apart."""
    known = {each.id: each for each in units if each.niveau == NETWORK}
    names = {each.code: each.name for each in networks()}
    return known.get(code, Unit(NETWORK, code, names.get(code, code)))
