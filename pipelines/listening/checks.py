"""What the contract says of one delivery that has just been staged."""

from __future__ import annotations

import duckdb

from grids.contract import load_contract
from pipelines.home import Home
from pipelines.receipt import Receipt, read_receipts
from pipelines.receipts.measuring import measured
from pipelines.staging import staged_rows_sql
from pipelines.validation.check import Checked, check_staged


def checked(home: Home, receipt: Receipt) -> Receipt:
    """The receipt of a staged delivery with its breaches, the results of the gate, and what it fills.

    Its structures are looked for among the deliveries already received, and in itself.
    """
    described = [each for each in read_receipts(home.receipts) if each.contrat == "structures" and each.counts]
    known = {each.livraison_id: each for each in (*described, receipt) if each.contrat == "structures"}
    results = check_staged(home, receipt.contrat, [receipt], list(known.values()))
    completed = with_checks(receipt, results[receipt.livraison_id])
    return _with_measures(home, completed)


def with_checks(receipt: Receipt, found: Checked) -> Receipt:
    """The receipt with the breaches and the results of the gate."""
    return receipt.model_copy(update={"quarantaine": found.breaches, "controles": found.checks})


def _with_measures(home: Home, receipt: Receipt) -> Receipt:
    contract = load_contract(receipt.contrat)
    staged = home.staged / receipt.contrat / f"{receipt.livraison_id}.parquet"
    with duckdb.connect(":memory:") as connection:
        measures = measured(connection, staged_rows_sql(contract, [staged]), contract)
    return receipt.model_copy(update={"mesures": measures.get(receipt.livraison_id)})
