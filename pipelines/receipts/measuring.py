"""What a receipt must hold to be compared with later ones: counted on the staged rows, in one SQL pass."""

from __future__ import annotations

import duckdb

from grids.contract import Contract
from grids.load import load_grid
from grids.versions import load_versions
from pipelines.receipt import Measured
from pipelines.staging import quoted, text_literal


def measured(connection: duckdb.DuckDBPyConnection, rows_sql: str, contract: Contract) -> dict[str, Measured]:
    """What the staged rows of `rows_sql` (with livraison_id, columns of `contract` as text) hold, by delivery.

    Counts cells that are not empty, a mark of validation included: a cell that cannot be read was filled in all the same.
    """
    names = [column.name for column in contract.columns]
    filled = ", ".join(f"count({quoted(name)})" for name in names)
    rows = connection.execute(
        f"SELECT livraison_id, count(*), {_last_month(contract)}, {_questions(contract)}, {filled} "
        f"FROM ({rows_sql}) GROUP BY ALL"
    ).fetchall()
    return {
        delivery_id: Measured(
            lignes=count,
            dernier_mois=last,
            questions=tuple(questions or ()),
            remplissage=dict(zip(names, counts, strict=True)),
        )
        for delivery_id, count, last, questions, *counts in rows
    }


def _last_month(contract: Contract) -> str:
    dated = next((column.name for column in contract.columns if column.type == "mois"), None)
    if dated is None:
        return "CAST(NULL AS DATE)"
    month = f"TRY_CAST({quoted(dated)} AS DATE)"
    if contract.column("pas") is None:
        return f"max({month})"
    # A count by quarter or by year ends with the last of its months.
    further = "CASE pas WHEN 'annee' THEN 11 WHEN 'trimestre' THEN 2 ELSE 0 END"
    return f"CAST(max({month} + to_months({further})) AS DATE)"


def _questions(contract: Contract) -> str:
    """The questions answered, of those that a grid asks: what else stands there is a value of the file, never told."""
    asked = next((column.name for column in contract.columns if column.type == "question"), None)
    if asked is None:
        return "CAST(NULL AS VARCHAR[])"
    known = sorted({question for record in load_versions() for question in load_grid(record.version).questions})
    listed = ", ".join(text_literal(question) for question in known)
    return f"list_sort(list(DISTINCT {quoted(asked)}) FILTER ({quoted(asked)} IN ({listed})))"
