"""What the pages read, loaded and put into the types that the views take."""

from __future__ import annotations

from dashboard import cache
from dashboard.queries import quality, reference
from dashboard.selection import Period, Unit
from dashboard.text import dates
from dashboard.views import catalogue
from dashboard.views.catalogue import Field
from dashboard.views.edition import Edition, read_edition, read_periods, read_units
from dashboard.views.history import History
from dashboard.views.measures import read_measures
from dashboard.views.values import Values, read_values
from dashboard.views.versions import Version, read_versions, version_in
from grids.errors import ReleaseError
from grids.model import Grid


def edition() -> Edition:
    """The published edition."""
    release = cache.current_release()
    return read_edition(cache.load(reference.edition), versions(), release.id, release.data_as_of)


def versions() -> tuple[Version, ...]:
    """The versions of the grid, oldest first. Raises ReleaseError if the release names none."""
    found = read_versions(cache.load(reference.grids))
    if not found:
        raise ReleaseError(
            "Cette édition ne dit pas sous quelle grille elle est faite.", remedy="Relancez « spro build »."
        )
    return found


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


def periods_by(pas: str) -> list[Period]:
    """All closed periods of one step, quarters or years."""
    return [period for period in periods() if period.pas == pas]


def grid_in(period: Period) -> Grid:
    """The version of the grid in force in a period."""
    return grid_of(version_in(versions(), period))


def grid_of(version: Version) -> Grid:
    """The whole of a version of the grid."""
    return cache.parsed(_grid, version.definition)


def quality_fields(period: Period) -> tuple[Field, ...]:
    """The fields of the version in force in a period, with their criteria, indicators and measures."""
    declined = catalogue.read_declined(cache.load(reference.declined))
    return catalogue.fields(grid_in(period), history().measures.values(), declined)


def history() -> History:
    """Every measure of every version, and how they follow each other."""
    frames = (cache.load(reference.measures), cache.load(reference.categories), cache.load(reference.clauses))
    return History({measure.id: measure for measure in read_measures(*frames)}, versions())


def values(period: Period) -> Values:
    """Figures of every unit in a period and in the comparable one a year before."""
    starts = (period.debut, period.year_before.debut)
    return read_values(cache.load(quality.values, pas=period.pas, starts=starts))


def values_through_time(unit: Unit) -> dict[str, Values]:
    """Figures of one unit through all periods, by step."""
    return {
        pas: read_values(cache.load(quality.series, niveau=unit.niveau, unite_id=unit.id, pas=pas))
        for pas in (dates.YEAR, dates.QUARTER)
    }


def _grid(definition: str) -> Grid:
    return Grid.model_validate_json(definition)
