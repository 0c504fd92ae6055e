"""Taking in all that waits: through the door, against the contract, each file with its receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import duckdb

from grids.contract import TABLES, load_contract
from pipelines.home import Home
from pipelines.intake.inbox import take_in, waiting_files
from pipelines.intake.references import refuse_lost_keys
from pipelines.listening.checks import with_checks
from pipelines.receipt import Measured, Receipt, read_receipts, write_receipt
from pipelines.receipts.measuring import measured
from pipelines.receipts.rereading import reread
from pipelines.staging import staged_rows_sql
from pipelines.validation.check import check_staged

Progress = Callable[[str, int, int], None]
"""Told of each step: its French name, how much of it is done, out of how much."""


def take_in_all(home: Home, tell: Progress) -> tuple[Receipt, ...]:
    """Pass every waiting file through the door, then check what was staged; returns their receipts, refused ones first."""
    before = {receipt.livraison_id: receipt for receipt in read_receipts(home.receipts)}
    ranks = {delivery_id: receipt.rang for delivery_id, receipt in before.items()}
    waiting = waiting_files(home)
    if waiting:
        refuse_lost_keys(home, {each.delivery_id for each in waiting})
    read = []
    for position, each in enumerate(waiting):
        tell("Lecture des livraisons", position, len(waiting))
        rank = ranks.setdefault(each.delivery_id, max(ranks.values(), default=0) + 1)
        read.append(take_in(home, each, rank))
    tell("Lecture des livraisons", len(waiting), len(waiting))
    refused = [each for each in read if each.etat == "refusee"]
    return tuple(_said_again(home, each, before) for each in (*refused, *check_all(home, read, tell)))


def _said_again(home: Home, receipt: Receipt, before: Mapping[str, Receipt]) -> Receipt:
    """The receipt, with what a changed mapping changed if the file had been read before."""
    earlier = before.get(receipt.livraison_id)
    if earlier is None or earlier.etat == "lue" or earlier.correspondance == receipt.correspondance:
        return receipt
    told = reread(earlier, receipt)
    write_receipt(home.receipts, told)
    return told


def check_all(home: Home, read: Sequence[Receipt], tell: Progress) -> list[Receipt]:
    """Check the staged deliveries table by table; structures first, since the others refer to them."""
    checked: list[Receipt] = []
    waiting_for_structures = _waiting_for_structures(home, read)
    for position, table in enumerate(TABLES):
        tell("Contrôle du contrat", position, len(TABLES))
        deliveries = [each for each in (*read, *waiting_for_structures) if each.contrat == table]
        if not deliveries:
            continue
        structures = [each for each in read_receipts(home.receipts) if each.contrat == "structures" and each.counts]
        results = check_staged(home, table, deliveries, structures)
        measures = _measures(home, table, deliveries)
        for receipt in deliveries:
            completed = with_checks(receipt, results[receipt.livraison_id])
            checked.append(completed.model_copy(update={"mesures": measures.get(receipt.livraison_id)}))
            write_receipt(home.receipts, checked[-1])
    tell("Contrôle du contrat", len(TABLES), len(TABLES))
    return checked


def _measures(home: Home, table: str, deliveries: Sequence[Receipt]) -> dict[str, Measured]:
    """What each delivery fills, and up to when, by delivery."""
    contract = load_contract(table)
    files = [home.staged / table / f"{each.livraison_id}.parquet" for each in deliveries]
    with duckdb.connect(":memory:") as connection:
        return measured(connection, staged_rows_sql(contract, files), contract)


def _waiting_for_structures(home: Home, read: Sequence[Receipt]) -> list[Receipt]:
    """Earlier deliveries with rows of a structure that nobody had described, if profiles have just arrived."""
    if not any(each.contrat == "structures" and each.etat == "lue" for each in read_receipts(home.receipts)):
        return []
    known = {each.livraison_id for each in read} | home.frozen_deliveries()
    return [
        each
        for each in read_receipts(home.receipts)
        if each.counts
        and each.livraison_id not in known
        and any(breach.regle == "structure_inconnue" for breach in each.quarantaine)
    ]
