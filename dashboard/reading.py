"""What the pages read, loaded and put into the types that the views take."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import cache
from dashboard.access import HEAD_OF_NETWORK, NETWORK, TEAM, Reader
from dashboard.cache import once
from dashboard.queries import quality, reference, structures
from dashboard.reader import choosable
from dashboard.selection import Period, Unit
from dashboard.views import catalogue
from dashboard.views.breakdown import Breakdowns, read_breakdowns
from dashboard.views.catalogue import Field
from dashboard.views.edition import Edition, read_edition, read_periods, read_units
from dashboard.views.figures import flag_words
from dashboard.views.history import History
from dashboard.views.measures import read_measures
from dashboard.views.structures import Structure, read_structures
from dashboard.views.values import Flagged, Values, read_values
from dashboard.views.versions import Version, read_versions, version_in
from grids.errors import ReleaseError
from grids.model import Grid
from pipelines.release.flags import flags


@once
def edition() -> Edition:
    """The published edition."""
    release = cache.current_release()
    manifest, periods = cache.load(reference.edition), cache.load(reference.periods)
    return read_edition(manifest, periods, versions(), release.id, release.data_as_of)


def reader() -> Reader:
    """Who looks at the pages."""
    return cache.current_reader()


def reader_is_chosen() -> bool:
    """Whether the reader may choose as whom to look."""
    return choosable(synthetic=cache.synthetic())


@once
def readers_of(role: str) -> dict[str, str]:
    """The name of each network or structure of the sample as whose reader one may look, by the reader's code."""
    if role == HEAD_OF_NETWORK:
        return {Reader(role, network=each.id).code: each.nom for each in units() if each.niveau == NETWORK}
    if role == TEAM:
        rows = cache.load(structures.of_the_sample).select("unite_id", "nom").iter_rows()
        return {Reader(role, structure=unit_id).code: name for unit_id, name in rows}
    return {}


@once
def named_structures() -> list[Structure]:
    """The structures that the reader sees by name, in the order of names."""
    return read_structures(cache.load(structures.named))


@once
def own_unit() -> str:
    """The id of the network that the reader looks at first: that of a head of network, that of a team's structure."""
    return reader().network or next((each.reseau for each in named_structures() if each.id == reader().structure), "")


@once
def versions() -> tuple[Version, ...]:
    """The versions of the grid, oldest first. Raises ReleaseError if the release names none."""
    found = read_versions(cache.load(reference.grids))
    if not found:
        raise ReleaseError(
            "Cette édition ne dit pas sous quelle grille elle est faite.", remedy="Relancez « spro build »."
        )
    return found


@once
def units() -> list[Unit]:
    """The region, the départements, then the networks. Raises ReleaseError if the release names none."""
    found = read_units(cache.load(reference.units))
    if not found:
        raise ReleaseError("Cette édition ne contient aucun territoire.", remedy="Relancez « spro build ».")
    return found


@once
def periods() -> list[Period]:
    """Years, then quarters, then months, the latest first. Raises ReleaseError if no period is closed yet."""
    found = read_periods(cache.load(reference.periods))
    if not found:
        raise ReleaseError("Aucune période n'est encore close dans cette édition.", remedy="Relancez « spro build ».")
    return found


@once
def periods_by(pas: str) -> list[Period]:
    """All closed periods of one step."""
    return [period for period in periods() if period.pas == pas]


@once
def grid_in(period: Period) -> Grid:
    """The version of the grid in force in a period."""
    return grid_of(version_in(versions(), period))


def grid_of(version: Version) -> Grid:
    """The whole of a version of the grid."""
    return cache.parsed(_grid, version.definition)


@once
def quality_fields(period: Period) -> tuple[Field, ...]:
    """The fields of the version in force in a period, with their criteria, indicators and measures."""
    declined = catalogue.read_declined(cache.load(reference.declined))
    return catalogue.fields(grid_in(period), history().measures.values(), declined)


@once
def history() -> History:
    """Every measure of every version, and how they follow each other."""
    frames = (cache.load(reference.measures), cache.load(reference.categories), cache.load(reference.clauses))
    return History({measure.id: measure for measure in read_measures(*frames)}, versions())


@once
def values(period: Period) -> Values:
    """Figures of every unit in a period and in the comparable one a year before."""
    starts = (period.debut, period.year_before.debut)
    return read_values(cache.load(quality.values, pas=period.pas, starts=starts), flagged(period.pas))


def values_through_time(unit: Unit, steps: Iterable[str]) -> dict[str, Values]:
    """Figures of one unit through all periods of some steps."""
    return {pas: _line(unit, pas) for pas in steps}


@once
def _line(unit: Unit, pas: str) -> Values:
    return read_values(cache.load(quality.series, niveau=unit.niveau, unite_id=unit.id, pas=pas), flagged(pas))


@once
def breakdowns(unit: Unit, period: Period) -> Breakdowns:
    """Figures of one unit in one year, modality by modality of each breakdown."""
    frame = cache.load(quality.breakdowns, niveau=unit.niveau, unite_id=unit.id, debut=period.debut)
    return read_breakdowns(frame, cache.load(reference.modalities))


@once
def flagged(pas: str) -> Flagged:
    """What is said of the published figures of one step that are known to be wrong: they are flagged, never changed."""
    return {
        (each.mesure_id, each.niveau, each.unite_id, each.debut): flag_words(each.le, each.raison)
        for each in flags(cache.releases_folder())
        if each.pas == pas
    }


def _grid(definition: str) -> Grid:
    return Grid.model_validate_json(definition)
