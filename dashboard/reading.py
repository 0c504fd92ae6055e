"""What the pages read, loaded and put into the types that the views take."""

from __future__ import annotations

from dashboard import cache
from dashboard.queries import quality, reference
from dashboard.selection import Period, Unit
from dashboard.text import dates
from dashboard.views.edition import Edition, read_edition, read_periods, read_units
from dashboard.views.measures import Field, fields, read_measures
from dashboard.views.values import Values, read_values
from grids.errors import ReleaseError


def edition() -> Edition:
    """The published edition."""
    release = cache.current_release()
    return read_edition(cache.load(reference.edition), release.id, release.data_as_of)


def units() -> list[Unit]:
    """The region, then the networks. Raises ReleaseError if the release names none."""
    found = read_units(cache.load(reference.units))
    if not found:
        raise ReleaseError("Cette édition ne contient aucun territoire.", remedy="Relancez « spro build ».")
    return found


def periods() -> list[Period]:
    """Years then quarters, the latest first. Raises ReleaseError if no period is closed yet."""
    found = read_periods(cache.load(reference.periods))
    if not found:
        raise ReleaseError("Aucune période n'est encore close dans cette édition.", remedy="Relancez « spro build ».")
    return found


def quarters() -> list[Period]:
    """All closed quarters."""
    return [period for period in periods() if period.pas == dates.QUARTER]


def quality_fields() -> list[Field]:
    """The fields of the grid with their criteria and measures."""
    frames = (cache.load(reference.measures), cache.load(reference.categories), cache.load(reference.clauses))
    return fields(read_measures(*frames))


def values(period: Period) -> Values:
    """Figures of every unit in a period and in the comparable one a year before."""
    starts = (period.debut, period.year_before.debut)
    return read_values(cache.load(quality.values, pas=period.pas, starts=starts))


def quarterly_values(unit: Unit) -> Values:
    """Figures of one unit, quarter by quarter."""
    frame = cache.load(quality.series, niveau=unit.niveau, unite_id=unit.id, pas=dates.QUARTER)
    return read_values(frame)
