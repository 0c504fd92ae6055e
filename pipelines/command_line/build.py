"""`spro build`: from the inbox to a published release, each stage handing its result to the next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from grids.errors import ReleaseError
from grids.load import load_grid
from grids.versions import version_in_force
from pipelines.command_line.completing import balance
from pipelines.command_line.editions import Inputs, due_candidate, due_edition, finish, gather, holds_records, make
from pipelines.command_line.taking_in import Progress, take_in_all
from pipelines.deliveries import forget_withdrawn
from pipelines.home import Home
from pipelines.receipt import Receipt, write_receipt
from pipelines.receipts.store import store_pages
from pipelines.receipts.words import counted, day
from pipelines.release.journal import keep_up
from pipelines.release.reading import Release, published
from pipelines.retention.closing import finish_closing
from pipelines.settled.settle import count_late
from pipelines.verbatims.staged import apply_decisions
from pipelines.warehouse.load import building, holds


@dataclass(frozen=True)
class Outcome:
    """What a build did: the receipts of the files it took in, the release it published and the candidate it made (None:
    nothing new), and how many receptions and answers at least came too late for what is published."""

    receipts: tuple[Receipt, ...]
    release: Release | None = None
    candidate: Release | None = None
    reviewed_until: date | None = None
    late: int = 0

    @property
    def refused(self) -> tuple[Receipt, ...]:
        """The receipts of files that could not come in."""
        return tuple(receipt for receipt in self.receipts if receipt.etat == "refusee")

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was done of the editions, in French; empty if nothing was."""
        told = [f"Édition publiée : {self.release.id}."] if self.release else []
        if self.candidate and self.reviewed_until:
            told.append(f"Édition candidate, en relecture jusqu'au {day(self.reviewed_until)} : {self.candidate.id}.")
        if self.late:
            rows = counted(self.late, "ligne")
            told.append(f"{rows} au moins de périodes déjà publiées : seule l'édition annuelle en tiendra compte.")
        return tuple(told)


def build(home: Home, as_of: date, tell: Progress) -> Outcome:
    """Take in what the inbox holds, publish a release of the periods final on `as_of` if anything is new, and offer a
    candidate of those that the networks still read again.

    Raises GridError if a definition says something that cannot be, ReleaseError if an edition may not leave.
    """
    with home.held():
        finish_closing(home)
        _refuse_going_back(home, as_of)
        forget_withdrawn(home)
        keep_up(home.releases, as_of)
        taken = take_in_all(home, tell)
        apply_decisions(home)
        inputs = gather(home, as_of)
        outcome = _build(inputs, taken, tell)
        finish(inputs)
        store_pages(home, load_grid(version_in_force(as_of).version))
        return outcome


def _build(inputs: Inputs, taken: Sequence[Receipt], tell: Progress) -> Outcome:
    if not inputs.accepted or not (_unfinished(inputs) or due_edition(inputs) or due_candidate(inputs)):
        return Outcome(tuple(taken))
    tell("Décompte", 0, 1)
    with building(inputs.home, inputs.accepted) as warehouse:
        finished = balance(warehouse, inputs.accepted)
        for receipt in finished:
            write_receipt(inputs.home.receipts, receipt)
        return _publish(warehouse, inputs, _current(taken, finished), tell)


def _unfinished(inputs: Inputs) -> bool:
    """Whether an earlier build left something to do: rows that no receipt accounts for, or a warehouse of another day."""
    return any(each.etat == "lue" for each in inputs.accepted) or not holds(inputs.home, inputs.accepted)


def _publish(
    warehouse: duckdb.DuckDBPyConnection, inputs: Inputs, receipts: tuple[Receipt, ...], tell: Progress
) -> Outcome:
    """What is final is published first: the candidate copies it."""
    outcome, loaded = Outcome(receipts), _tables(warehouse)
    if due := due_edition(inputs):
        outcome = replace(outcome, release=make(warehouse, inputs, due, tell), late=count_late(warehouse))
    if (due := due_candidate(inputs)) and holds_records(warehouse, due):
        _drop(warehouse, _tables(warehouse) - loaded)
        offered, until = make(warehouse, inputs, due, tell), max(each.final_on for each in due.plan.new)
        outcome = replace(outcome, candidate=offered, reviewed_until=until, late=count_late(warehouse))
    return outcome


def _tables(warehouse: duckdb.DuckDBPyConnection) -> frozenset[str]:
    return frozenset(name for (name,) in warehouse.execute("SELECT table_name FROM duckdb_tables()").fetchall())


def _drop(warehouse: duckdb.DuckDBPyConnection, counted: Collection[str]) -> None:
    """Two editions of one build each have their counts: those of the first would be in the way."""
    for name in sorted(counted):
        warehouse.execute(f"DROP TABLE {name}")


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
