"""The candidate edition, loaded and typed for one network that reads its figures again."""

from __future__ import annotations

from dashboard import cache, reading
from dashboard.access import Reader
from dashboard.queries import quality, reference
from dashboard.selection import Period, Selection, Unit
from dashboard.views import catalogue
from dashboard.views.candidate import Reviewed, longest_first, previous
from dashboard.views.criteria import CriterionLine, criterion_line
from dashboard.views.history import History
from dashboard.views.measures import read_measures
from dashboard.views.values import Values, read_values
from dashboard.views.versions import read_versions, version_in
from grids.errors import ReleaseError, SproError
from pipelines.release.reading import Release, candidate

_CLOSING, _REVIEW = "seuil_cloture_jours", "seuil_relecture_jours"


def under_review(reader: Reader) -> list[Reviewed]:
    """The periods that the networks read again, the longest first; none where no edition is a candidate.

    Raises ReleaseError if the candidate is unreadable.
    """
    release = _candidate()
    if release is None:
        return []
    rows = (
        cache.load_from(release, reader, reference.periods).filter(etat="candidate").select("pas", "debut", "finale_le")
    )
    found = [Reviewed(Period(pas, start), final_on) for pas, start, final_on in rows.iter_rows()]
    return longest_first(found)


def lines(reader: Reader, network: Unit, period: Period) -> list[CriterionLine]:
    """The criteria of a network in a period of the candidate edition. Raises ReleaseError if there is none."""
    release = candidate(cache.releases_folder())
    frames = (
        cache.load_from(release, reader, each) for each in (reference.measures, reference.categories, reference.clauses)
    )
    versions = read_versions(cache.load_from(release, reader, reference.grids))
    history = History({measure.id: measure for measure in read_measures(*frames)}, versions)
    declined = catalogue.read_declined(cache.load_from(release, reader, reference.declined))
    grid = reading.grid_of(version_in(versions, period))
    fields = catalogue.fields(grid, history.measures.values(), declined)
    values = read_values(cache.load_from(release, reader, quality.values, pas=period.pas, starts=(period.debut,)))
    return _lines(fields, values, Selection(network, period), history)


def published_lines(network: Unit, period: Period) -> tuple[Period | None, list[CriterionLine]]:
    """The period that the published edition shows beside it, and the network's criteria in it; None if it shows none."""
    try:
        before = previous(period, reading.periods_by(period.pas))
        if before is None:
            return None, []
        found = reading.quality_fields(before), reading.values(before)
        return before, _lines(*found, Selection(network, before), reading.history())
    except SproError:
        return None, []


def calendar() -> tuple[Period, int, int] | None:
    """The shortest and latest period published, how many days after its end a period closes, and how many its review
    lasts; None where no edition says so."""
    try:
        manifest = dict(cache.load(reference.edition).select("cle", "valeur").iter_rows())
        shortest = reading.periods()[-1].pas
        return reading.periods_by(shortest)[0], int(manifest[_CLOSING]), int(manifest[_REVIEW])
    except (SproError, KeyError, ValueError):
        return None


def _lines(
    fields: tuple[catalogue.Field, ...], values: Values, selection: Selection, history: History
) -> list[CriterionLine]:
    return [criterion_line(criterion, values, selection, history) for field in fields for criterion in field.criteria]


def _candidate() -> Release | None:
    try:
        return candidate(cache.releases_folder())
    except ReleaseError:
        return None
