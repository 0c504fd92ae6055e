"""What validation reads: staged deliveries as one view, each column beside its typed twin, links to other tables resolved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from grids.contract import Contract, load_contract
from pipelines.staging import quoted, staged_rows_sql, typed_sql
from pipelines.validation.rules import TYPED_SUFFIX, rules_of


def create_check_view(connection: duckdb.DuckDBPyConnection, contract: Contract, rows: str) -> None:
    """Create the view `controle` over `rows` (SQL of staged rows with livraison_id, reseau, ligne). [staged row]

    Beside the columns and their typed twins stands, for each rule, whether the row keeps it.
    """
    typed = ", ".join(
        f"{typed_sql(column.type, column.name)} AS {quoted(column.name + TYPED_SUFFIX)}" for column in contract.columns
    )
    kept = ", ".join(
        f"NOT coalesce({rule.breach}, false) AS {quoted(kept_column(rule.column, rule.name))}"
        for rule in rules_of(contract)
    )
    connection.execute(
        f"""CREATE OR REPLACE VIEW controle AS
        SELECT *, {kept} FROM (SELECT *, {typed}, {_known_structure(contract)} AS structure_connue FROM ({rows}))"""
    )


def kept_column(column: str, rule: str) -> str:
    """The name of the boolean column that says whether a row keeps a rule."""
    return f"{column}__{rule}__tenue"


def create_structure_register(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> None:
    """Create the table `registre` of the structures that deliveries have described. [network × structure]"""
    rows = staged_rows_sql(load_contract("structures"), files)
    connection.execute(f"CREATE OR REPLACE TABLE registre AS SELECT DISTINCT reseau, structure_id FROM ({rows})")


def _known_structure(contract: Contract) -> str:
    if not contract.links:
        return "true"
    column = contract.links[0].column
    return f"({column} IS NULL OR reseau || '/' || {column} IN (SELECT reseau || '/' || structure_id FROM registre))"
