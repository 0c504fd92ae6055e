"""Completing receipts with what the warehouse says of each delivery."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipelines.receipt import Balance, Receipt


def balance(warehouse: duckdb.DuckDBPyConnection, receipts: Sequence[Receipt]) -> list[Receipt]:
    """The receipts as accepted, each row accounted for; the warehouse refuses a balance that does not hold."""
    rows = warehouse.execute(
        "SELECT livraison_id, lues, nouvelles, remplacantes, repetees, quarantaine, ecartees FROM livraisons"
    ).fetchall()
    balances = {row[0]: Balance.model_validate(dict(zip(Balance.model_fields, row[1:], strict=True))) for row in rows}
    return [
        receipt.model_copy(update={"etat": "acceptee", "bilan": balances[receipt.livraison_id]}) for receipt in receipts
    ]
