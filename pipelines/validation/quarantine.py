"""The split of a delivery into rows that keep the contract and rows that do not, by one SQL pass."""

from __future__ import annotations

import duckdb

from grids.contract import Contract
from pipelines.receipt import Breach
from pipelines.staging import text_literal
from pipelines.validation.rules import rules_of


def find_breaches(connection: duckdb.DuckDBPyConnection, contract: Contract) -> dict[str, list[Breach]]:
    """The breaches of the rows of the view `controle`, by delivery, in order of line."""
    broken = ", ".join(
        f"CASE WHEN {rule.breach} THEN {text_literal(rule.column + '/' + rule.name)} END" for rule in rules_of(contract)
    )
    # Nearly every row keeps every rule: which ones are broken is asked of the others alone.
    any_broken = " OR ".join(f"({rule.breach})" for rule in rules_of(contract))
    rows = connection.execute(
        f"""SELECT DISTINCT livraison_id, ligne, unnest(regles) AS regle
        FROM (
          SELECT livraison_id, ligne, list_filter([{broken}], lambda each: each IS NOT NULL) AS regles
          FROM controle WHERE {any_broken}
        )
        ORDER BY ALL"""
    ).fetchall()
    breaches: dict[str, list[Breach]] = {}
    for delivery_id, line, rule in rows:
        column, name = rule.split("/", 1)
        breaches.setdefault(delivery_id, []).append(Breach(ligne=line, colonne=column, regle=name))
    return breaches
