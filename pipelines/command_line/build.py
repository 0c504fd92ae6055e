"""`spro build`: from the inbox to a published release, each stage handing its result to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from grids.anonymity import load_anonymity_rules
from grids.errors import GridError, ReleaseError
from grids.load import load_grid
from grids.thresholds import load_thresholds
from grids.versions import version_in_force
from pipelines.anonymity.measure import measure_anonymity
from pipelines.command_line.completing import balance
from pipelines.command_line.release_tables import release_tables
from pipelines.command_line.taking_in import Progress, take_in_all
from pipelines.deliveries import forget_withdrawn
from pipelines.home import Home
from pipelines.periods import closed_periods
from pipelines.receipt import Receipt, read_receipts, write_receipt
from pipelines.receipts.store import store_pages
from pipelines.release.manifest import manifest
from pipelines.release.publish import already_published, publish
from pipelines.release.reading import Release, published
from pipelines.retention.closing import finish_closing
from pipelines.verbatims.staged import apply_decisions
from pipelines.versions import Version, load_measured_versions
from pipelines.warehouse.load import building


@dataclass(frozen=True)
class Outcome:
    """What a build did: the receipts of the files it took in, the release it published (None: nothing new)."""

    receipts: tuple[Receipt, ...]
    release: Release | None

    @property
    def refused(self) -> tuple[Receipt, ...]:
        return tuple(receipt for receipt in self.receipts if receipt.etat == "refusee")


def build(home: Home, as_of: date, tell: Progress) -> Outcome:
    """Take in what the inbox holds, and publish a release of the periods closed on `as_of` if anything is new.

    Raises GridError if a definition says something that cannot be, ReleaseError if there is nothing to publish.
    """
    with home.held():
        finish_closing(home)
        _refuse_going_back(home, as_of)
        forget_withdrawn(home)
        outcome = _build(home, as_of, tell)
        store_pages(home, load_grid(version_in_force(as_of).version))
        return outcome


def _build(home: Home, as_of: date, tell: Progress) -> Outcome:
    taken = take_in_all(home, tell)
    apply_decisions(home)
    versions, thresholds = load_measured_versions(as_of), load_thresholds()
    periods = closed_periods(_first_day(versions, as_of), as_of, thresholds.closing_days.value)
    accepted = tuple(each for each in read_receipts(home.receipts) if each.counts)
    described = manifest(accepted, versions, thresholds, periods, as_of, synthetic=home.synthetic)
    described = described.telling(annees_anonymisees=", ".join(map(str, sorted(home.closed_years()))))
    if not any(each.etat == "lue" for each in accepted) and already_published(home.releases, described):
        return Outcome(taken, None)
    if not accepted or not periods:
        return Outcome(taken, None)
    tell("Décompte", 0, 1)
    with building(home, accepted) as warehouse:
        finished = balance(warehouse, accepted)
        tables = release_tables(warehouse, versions, periods, thresholds, tell)
        measured = measure_anonymity(warehouse, load_anonymity_rules(), "SELECT * FROM accueils")
    for receipt in finished:
        write_receipt(home.receipts, receipt)
    tell("Édition", 0, 1)
    release = publish(home.releases, described.telling(anonymat=measured.model_dump_json()), tables)
    tell("Édition", 1, 1)
    return Outcome(_current(taken, finished), release)


def _first_day(versions: Sequence[Version], as_of: date) -> date:
    """The day from which periods are measured: that of the first version of the grid."""
    if not versions:
        raise GridError(f"Aucune version de la grille n'est en vigueur au {as_of:%d/%m/%Y}.")
    return versions[0].record.in_force_from


def _refuse_going_back(home: Home, as_of: date) -> None:
    """Published is final: an earlier day would withdraw periods. Raises ReleaseError."""
    try:
        present = published(home.releases)
    except ReleaseError:
        return
    if present.data_as_of > as_of:
        raise ReleaseError(
            f"L'édition publiée est du {present.data_as_of:%d/%m/%Y}, après le {as_of:%d/%m/%Y} demandé.",
            place=str(home.releases),
            remedy="Ce qui est publié ne se retire pas : choisissez une date plus récente, ou un autre dossier (--home).",
        )


def _current(taken: Sequence[Receipt], finished: Sequence[Receipt]) -> tuple[Receipt, ...]:
    latest = {receipt.livraison_id: receipt for receipt in finished}
    return tuple(latest.get(receipt.livraison_id, receipt) for receipt in taken)
