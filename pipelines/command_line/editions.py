"""The editions of a build: which are due, and making one, from the counts to the release that the attack could not open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from grids.anonymity import load_anonymity_rules
from grids.errors import GridError, ReleaseError
from grids.thresholds import Thresholds, load_thresholds
from pipelines.anonymity.measure import measure_anonymity
from pipelines.command_line.gate import AttackGate, Bared, granted_counts
from pipelines.command_line.release_tables import Made, Showing, count_edition, release_tables
from pipelines.command_line.taking_in import Progress
from pipelines.home import Home
from pipelines.periods import Period, closed_periods
from pipelines.receipt import Receipt, read_receipts
from pipelines.release.catalogue import editions, told
from pipelines.release.copying import first_editions, has_table, published_periods
from pipelines.release.journal import acts, keep_up
from pipelines.release.manifest import Manifest, manifest
from pipelines.release.plan import Plan, plan
from pipelines.release.publish import (
    already_offered,
    already_published,
    named_candidate,
    offer,
    publish,
    withdraw_candidate,
)
from pipelines.release.reading import Release, published
from pipelines.settled.late import admit_late
from pipelines.settled.ledger import keep, tidy
from pipelines.settled.settle import settle
from pipelines.settled.shown import keep_shown, shown_counts, tidy_shown
from pipelines.versions import Version, load_measured_versions

TRIES = 10
"""How many times an edition is hidden further before it is given up."""


@dataclass(frozen=True)
class Inputs:
    """What the editions of a build are made from; `periods`: every closed one."""

    home: Home
    as_of: date
    accepted: tuple[Receipt, ...]
    versions: tuple[Version, ...]
    thresholds: Thresholds
    periods: tuple[Period, ...]


@dataclass(frozen=True)
class Due:
    """An edition to be made: the periods that it shows first, and what it says of itself."""

    plan: Plan
    manifest: Manifest
    candidate: bool


def gather(home: Home, as_of: date) -> Inputs:
    """The inputs of a build on that day. Raises GridError if a definition says something that cannot be."""
    versions, thresholds = load_measured_versions(as_of), load_thresholds()
    if not versions:
        raise GridError(f"Aucune version de la grille n'est en vigueur au {as_of:%d/%m/%Y}.")
    accepted = tuple(each for each in read_receipts(home.receipts) if each.counts)
    periods = tuple(closed_periods(versions[0].record.in_force_from, as_of, thresholds))
    return Inputs(home, as_of, accepted, versions, thresholds, periods)


def due_edition(inputs: Inputs) -> Due | None:
    """The edition to be published: periods are final that none shows, or what the present one says otherwise has changed.

    None if there is nothing to publish, or nothing but what was taken back by a return to an earlier edition.
    """
    planned = _plan(inputs)
    due = Due(planned, _described(inputs, planned), candidate=False)
    if not planned.new and (not _present(inputs.home) or already_published(inputs.home.releases, due.manifest)):
        return None
    return None if due.manifest.inputs == _taken_back(inputs.home.releases) else due


def due_candidate(inputs: Inputs) -> Due | None:
    """The candidate to be made: periods are closed and not final, and the present candidate is not of these inputs."""
    planned = _plan(inputs).of_candidate()
    due = Due(planned, named_candidate(_described(inputs, planned)), candidate=True)
    return None if not planned.new or already_offered(inputs.home.releases, due.manifest) else due


def holds_records(warehouse: duckdb.DuckDBPyConnection, due: Due) -> bool:
    """Whether anything was received or answered in the periods that an edition shows first."""
    days = (
        f"BETWEEN DATE '{min(each.start for each in due.plan.new)}' AND DATE '{max(each.end for each in due.plan.new)}'"
    )
    query = f"SELECT 1 FROM accueils WHERE mois {days} UNION ALL SELECT 1 FROM reponses WHERE mois {days} LIMIT 1"
    return bool(warehouse.execute(query).fetchall())


def make(warehouse: duckdb.DuckDBPyConnection, inputs: Inputs, due: Due, tell: Progress) -> Release:
    """Count, mask, measure, attack and publish (or offer) an edition. Raises ReleaseError if it may not leave.

    What is settled is filed before the edition is pointed at, so that no published period ever lacks its counts.
    """
    home, thresholds = inputs.home, inputs.thresholds
    before = _present(home)

    def count_as_published(connection: duckdb.DuckDBPyConnection) -> None:
        settle(connection, home.settled, before)
        admit_late(connection, thresholds)

    showing = Showing(
        due.plan.counted, due.plan.settled, due.manifest.release_id, inputs.as_of, before, _shown_before(home, before)
    )
    count_edition(warehouse, inputs.versions, showing, thresholds, count_as_published)
    tell("Décompte", 1, 1)
    tell("Édition", 0, 1)
    with warehouse.cursor() as apart:
        measured = measure_anonymity(apart, load_anonymity_rules(), "SELECT * FROM accueils")
    described = replace(due, manifest=due.manifest.telling(anonymat=measured.model_dump_json()))
    made = _hardened(warehouse, inputs, described, showing)
    tell("Édition", 1, 1)
    return made


def _hardened(warehouse: duckdb.DuckDBPyConnection, inputs: Inputs, due: Due, showing: Showing) -> Release:
    """Publish (or offer) an edition, hiding more around whatever the attack bares, until it bares nothing.

    Raises ReleaseError where hiding more does not help.
    """
    home, bared = inputs.home, list[pl.DataFrame]()
    earlier = [showing.copied_from] if showing.copied_from else []
    gate = AttackGate(earlier, inputs.thresholds, granted_counts(warehouse))
    leave = offer if due.candidate else publish
    while True:
        made = release_tables(warehouse, inputs.versions, showing, inputs.thresholds, bared)
        _keep(warehouse, home, due, made)
        try:
            return leave(home.releases, due.manifest, made.tables, gate)
        except Bared as fallen:
            if len(bared) == TRIES:
                raise
            bared.append(fallen.cells)


def _keep(warehouse: duckdb.DuckDBPyConnection, home: Home, due: Due, made: Made) -> None:
    """File in the back office what stands behind the edition."""
    keep(warehouse, home.settled, due.manifest.release_id, due.plan.years_left_open)
    keep_shown(made.counts, home.shown, due.manifest.release_id)


def _shown_before(home: Home, before: Path | None) -> Sequence[pl.DataFrame]:
    """The counts of what the published release shows; none of one made before these were filed."""
    if before is None or not has_table(before, "quality.points"):
        return ()
    return shown_counts(home.shown, first_editions(before))


def finish(inputs: Inputs) -> None:
    """What a build leaves in order, done or not: no candidate of what is published, no ledger of what nobody shows."""
    releases = inputs.home.releases
    keep_up(releases, inputs.as_of)
    if not _plan(inputs).pending:
        withdraw_candidate(releases)
    if before := _present(inputs.home):
        shown = {each.id for each in editions(releases) if each.state != "jamais publiée"}
        kept = shown | first_editions(before)
        tidy(inputs.home.settled, kept, _plan(inputs).closed_years)
        tidy_shown(inputs.home.shown, kept)


def _plan(inputs: Inputs) -> Plan:
    before = _present(inputs.home)
    return plan(inputs.periods, published_periods(before) if before else (), inputs.as_of)


def _described(inputs: Inputs, planned: Plan) -> Manifest:
    before = _present(inputs.home)
    shown = published_periods(before) if before else frozenset()
    periods: Sequence[Period] = [each for each in inputs.periods if each.key in shown or each in planned.new]
    described = manifest(
        inputs.accepted, inputs.versions, inputs.thresholds, periods, inputs.as_of, synthetic=inputs.home.synthetic
    )
    return described.telling(annees_anonymisees=", ".join(map(str, sorted(inputs.home.closed_years()))))


def _present(home: Home) -> Path | None:
    try:
        return published(home.releases).path
    except ReleaseError:
        return None


def _taken_back(releases: Path) -> str:
    """The inputs of the edition that the last act left for an earlier one; "" if it was none."""
    last = acts(releases)[-1:]
    return told(releases, last[0].quittee)["empreinte_entrees"] if last and last[0].acte == "retour" else ""
