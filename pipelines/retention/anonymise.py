"""The rows of a year made anonymous: references erased or drawn anew, lines shuffled, quarantine and replaced versions gone.

Written for one delivery at a time, beside the staged file that it will replace. What a receipt told of a row (new, repeated,
replacing) still holds: a version that was replaced keeps its place and its month, nothing else of what it said.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import duckdb

from grids.contract import Column, Contract
from pipelines.staging import staged_rows_sql, text_literal

_TOGETHER = {"accueils": "versions > 1", "reponses": "true"}
"""Which records of a table need a reference still: the answers of a questionnaire, the versions of a record."""


@dataclass(frozen=True)
class Concerned:
    """One delivery that holds rows of the year: which of its source lines were in quarantine and go."""

    table: str
    delivery_id: str
    quarantined: frozenset[int]


def draw_fates(connection: duckdb.DuckDBPyConnection, contract: Contract, year: int) -> list[Concerned]:
    """Draw what becomes of each row of `year` in the loaded warehouse of `connection`; the deliveries concerned.

    Leaves the temporary tables `fermees` and `devenirs` (see sql/devenirs.sql) for `write_anonymised`.
    """
    connection.execute("SET VARIABLE secret = $secret", {"secret": secrets.token_hex(32)})
    script = resources.files(__package__).joinpath("sql", "devenirs.sql").read_text(encoding="utf-8")
    words = {
        "contrat": contract.table,
        "annee": year,
        "garde": _TOGETHER[contract.table],
        "reference": contract.key[0],
        "contenu": ", ".join(f"coalesce({column.name}::VARCHAR, '')" for column in contract.columns),
    }
    connection.execute(script.format(**words))
    connection.execute("SET VARIABLE secret = NULL")
    rows = connection.execute(
        """SELECT livraison_id, coalesce(list(ligne) FILTER (en_quarantaine), []) FROM fermees
        GROUP BY livraison_id ORDER BY livraison_id"""
    ).fetchall()
    return [Concerned(contract.table, delivery_id, frozenset(lines)) for delivery_id, lines in rows]


def write_anonymised(
    connection: duckdb.DuckDBPyConnection, contract: Contract, delivery_id: str, staged: Path, target: Path
) -> None:
    """Write at `target` what will replace the file `staged`: rows of other years as they are, then those of the year."""
    target.parent.mkdir(parents=True, exist_ok=True)
    names = ", ".join(column.name for column in contract.columns)
    rows = f"({staged_rows_sql(contract, [staged])})"
    mine = f"livraison_id = {text_literal(delivery_id)}"
    connection.execute(
        f"""COPY (
          SELECT livraison_id, reseau, ligne, 0 AS premiere_ligne, NULL::VARCHAR AS ecartee, {names} FROM (
            SELECT livraison_id, reseau, ligne, {names} FROM {rows}
            WHERE ligne NOT IN (SELECT ligne FROM fermees WHERE {mine})
            UNION ALL
            SELECT livraison_id, reseau, ligne_neuve, {_kept_columns(contract)} FROM {rows} JOIN devenirs
            USING (livraison_id, ligne)
            QUALIFY NOT videe OR row_number() OVER (PARTITION BY ligne) = 1)
          ORDER BY ligne) TO {text_literal(str(target))} (FORMAT parquet, COMPRESSION zstd)"""
    )


def summary(connection: duckdb.DuckDBPyConnection) -> Sequence[int]:
    """Of the fates last drawn: rows of the year, those of them in quarantine, versions that were replaced."""
    row = connection.execute(
        """SELECT (SELECT count(*) FROM fermees), (SELECT count(*) FROM fermees WHERE en_quarantaine),
        (SELECT count(*) FROM devenirs WHERE videe)"""
    ).fetchone()
    assert row is not None
    return [int(count) for count in row]


def _kept_columns(contract: Contract) -> str:
    return ", ".join(_kept(column) for column in contract.columns)


def _kept(column: Column) -> str:
    """SQL for one column of a row of the year.

    A replaced version keeps its month; its structure too, every other change, so that two that differed still differ.
    """
    if column.type == "reference":
        return f"reference_neuve AS {column.name}"
    if column.name == "mois":
        return column.name
    emptied = "videe AND changements % 2 = 0" if column.name == "structure_id" else "videe"
    return f"CASE WHEN NOT ({emptied}) THEN {column.name} END AS {column.name}"
