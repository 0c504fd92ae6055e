"""Checking deliveries that have just been staged, all those of a table at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from grids.contract import load_contract
from pipelines.home import Home
from pipelines.receipt import Breach, Check, Receipt
from pipelines.staging import staged_rows_sql
from pipelines.validation.quarantine import find_breaches
from pipelines.validation.suite import run_gate
from pipelines.validation.views import create_check_view, create_structure_register


@dataclass(frozen=True)
class Checked:
    """What validation says of one delivery: its breaches, and the results of the declared gate."""

    breaches: tuple[Breach, ...]
    checks: tuple[Check, ...]


def check_staged(
    home: Home, table: str, deliveries: Sequence[Receipt], structures: Sequence[Receipt]
) -> dict[str, Checked]:
    """Check the staged rows of `deliveries`, all of `table`, against the contract; by delivery.

    `structures` are the deliveries that describe structures, against which links are resolved.
    """
    connection = duckdb.connect(":memory:")
    create_structure_register(
        connection, [home.staged / "structures" / f"{each.livraison_id}.parquet" for each in structures]
    )
    files = [home.staged / table / f"{each.livraison_id}.parquet" for each in deliveries]
    return check_rows(
        connection, table, staged_rows_sql(load_contract(table), files), [each.livraison_id for each in deliveries]
    )


def check_rows(
    connection: duckdb.DuckDBPyConnection, table: str, rows: str, delivery_ids: Sequence[str]
) -> dict[str, Checked]:
    """Check `rows` (SQL) of a connection that holds the table `registre`; by delivery."""
    contract = load_contract(table)
    create_check_view(connection, contract, rows)
    breaches = find_breaches(connection, contract)
    checks = run_gate(connection, contract)
    return {
        delivery_id: Checked(tuple(breaches.get(delivery_id, ())), tuple(checks.get(delivery_id, ())))
        for delivery_id in delivery_ids
    }
