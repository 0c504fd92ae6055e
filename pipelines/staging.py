"""The words in which intake, validation and the warehouse agree about staged rows.

A staged cell is NULL (not recorded), a value in the contract's own words, or one of two marks that say why there is none:
the source's value itself is never kept. The rows of a delivery stay text until validation has split them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grids.contract import Column, Contract

UNKNOWN = "#inconnu"
"""Mark of a cell whose value no value table or register knows."""
UNREADABLE = "#illisible"
"""Mark of a cell that cannot be a date, a number or an identifier."""

SET_SEPARATOR = "|"

TYPED = {
    "entier": "INTEGER",
    "nombre": "DOUBLE",
    "booleen": "BOOLEAN",
    "mois": "DATE",
    "date": "DATE",
    "reference": "UUID",
    "ensemble": "VARCHAR[]",
}
"""The DuckDB type of each type of the contract once a row is kept; text where it is not named."""


def typed_sql(column_type: str, cell: str) -> str:
    """SQL for a staged cell in its own type, NULL where it holds a mark."""
    if column_type == "booleen":
        return f"CASE {cell} WHEN 'oui' THEN true WHEN 'non' THEN false END"
    if column_type == "ensemble":
        return f"CASE WHEN {cell} NOT LIKE '%#%' THEN string_split({cell}, '{SET_SEPARATOR}') END"
    if column_type == "reference":
        return cell
    if column_type in TYPED:
        return f"TRY_CAST({cell} AS {TYPED[column_type]})"
    return f"CASE WHEN NOT starts_with({cell}, '#') THEN {cell} END"


def staged_columns(contract: Contract) -> tuple[str, ...]:
    """The columns of a staged delivery, in order: text, but for references, which are UUIDs already.

    Beside them stand `livraison_id`, `reseau` and `ligne` (see staged_rows_sql).
    """
    return tuple(column.name for column in contract.columns)


def staged_rows_sql(contract: Contract, files: Sequence[Path]) -> str:
    """SQL for the staged rows of `files`: livraison_id, reseau, ligne, then the contract's columns as text.

    [record, or question answered]. A large file keeps its rows in its own order, so that their position gives their line.
    A file staged before the contract had a column says nothing of it: NULL.
    """
    names = ", ".join(staged_columns(contract))
    nothing = f"SELECT {_typed_nulls(contract)} WHERE false"
    if not files:
        return f"SELECT livraison_id, reseau, ligne, {names} FROM ({nothing})"
    listed = ", ".join(text_literal(str(path)) for path in files)
    return f"""SELECT livraison_id, reseau, coalesce(ligne, premiere_ligne + file_row_number) AS ligne, {names}
      FROM (FROM read_parquet([{listed}], union_by_name = true, file_row_number = true) UNION ALL BY NAME {nothing})
      WHERE ecartee IS NULL"""


def _typed_nulls(contract: Contract) -> str:
    """Every column of staged rows, with its type and no value."""
    columns = {"livraison_id": "VARCHAR", "reseau": "VARCHAR", "ligne": "BIGINT"}
    columns |= {column.name: _staged_type(column) for column in contract.columns}
    return ", ".join(f"NULL::{kind} AS {name}" for name, kind in columns.items())


def _staged_type(column: Column) -> str:
    return "UUID" if column.type == "reference" else "VARCHAR"


def quoted(name: str) -> str:
    """A name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def text_literal(text: str) -> str:
    """A text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"
