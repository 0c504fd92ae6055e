"""Records as small numbers: the columns that single out and those that would be learnt, coded once, counted many times.

On a million records a class is then one whole number, the values met in it one row of bits, and each count one quick pass.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipelines.staging import quoted, text_literal

CODED = "fiches_codees"
_BITS = {"UTINYINT": 7, "USMALLINT": 15, "UINTEGER": 31, "UBIGINT": 63, "HUGEINT": 126}
"""How many values each width of a row of bits can tell apart. Beyond the last, rarer values share the last bit, which can
only lower a diversity."""


def code_records(
    connection: duckdb.DuckDBPyConnection, rows: str, singling: Sequence[str], sensitive: Sequence[str]
) -> dict[str, list[str]]:
    """Create the temporary table `fiches_codees` from `rows` (SQL giving all these columns, one row a record).

    It holds, of each column that singles out, a whole number (0: not recorded); of each sensitive column, as `bit_<column>`, a
    row of bits with that of its value set (NULL: not recorded). Returns the values of each column that singles out, in the
    order of their numbers, from 1 on.
    """
    columns = list(dict.fromkeys((*singling, *sensitive)))
    names = ", ".join(quoted(column) for column in columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE fiches_lues AS SELECT {names} FROM ({rows})")
    values = _values(connection, columns)
    for column in columns:
        listed = ", ".join(text_literal(value) for value in values[column]) or "''"
        connection.execute(f"CREATE OR REPLACE TEMP TYPE {_enum(column)} AS ENUM ({listed})")
    numbers = ", ".join(f"{_number(column)} AS {quoted(column)}" for column in columns)
    bits = [f"{_bit(column, len(values[column]))} AS {bit_column(column)}" for column in sensitive]
    kept = ", ".join([*(quoted(column) for column in singling), *bits])
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {CODED} AS SELECT {kept} FROM (SELECT {numbers} FROM fiches_lues)"
    )
    connection.execute("DROP TABLE fiches_lues")
    return {column: values[column] for column in singling}


def bit_column(column: str) -> str:
    """The quoted column of `fiches_codees` that holds the bit of a sensitive column."""
    return quoted(f"bit_{column}")


def _values(connection: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> dict[str, list[str]]:
    listed = ", ".join(f"list(DISTINCT {quoted(column)}::VARCHAR)" for column in columns)
    found = connection.execute(f"SELECT {listed} FROM fiches_lues").fetchone()
    assert found is not None
    # A list that is given back holds NULL too, where some cell is not recorded.
    return {
        column: sorted(value for value in met or () if value is not None)
        for column, met in zip(columns, found, strict=True)
    }


def _number(column: str) -> str:
    code = f"enum_code({quoted(column)}::VARCHAR::{_enum(column)})::UINTEGER"
    return f"CAST(coalesce({code} + 1, 0) AS UINTEGER)"


def _bit(column: str, values: int) -> str:
    wide = next((name for name, most in _BITS.items() if values <= most), "HUGEINT")
    place = f"least({quoted(column)} - 1, {_BITS[wide] - 1})"
    return f"CASE WHEN {quoted(column)} > 0 THEN 1::{wide} << {place}::{wide} END"


def _enum(column: str) -> str:
    return quoted(f"valeurs_{column}")
