"""How many rows of each base a structure had in the year before: what its publication step follows from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from grids.model import Grid, Table
from pipelines.counting.one_pass import Force, base_sql, rows_sql
from pipelines.staging import text_literal

_TABLES: tuple[Table, ...] = ("accueils", "reponses")


def count_volumes(connection: duckdb.DuckDBPyConnection, forces: Sequence[Force]) -> None:
    """Create `volumes`: base_id, structure_id, annee, volume [base × structure × year of force].

    The rows of the year before `annee`, told by the version in force in `annee`: receptions whatever the version that was in
    force then, answers only if this version was already asked. A structure that told nothing the year before has no row.
    """
    counted = [each for force in forces for table in _TABLES for each in _volumes(force, table)]
    empty = "SELECT ''::VARCHAR AS base_id, ''::VARCHAR AS structure_id, 0 AS annee, 0::BIGINT AS volume WHERE false"
    connection.execute(f"CREATE TABLE volumes AS {' UNION ALL '.join([empty, *counted])}")


def _volumes(force: Force, table: Table) -> Iterator[str]:
    names = _counted(force.grid, table)
    if not names:
        return
    sums = ", ".join(f"sum(CAST({base_sql(force.grid, name)} AS INTEGER))" for name in names)
    ids = ", ".join(text_literal(force.grid.base_id(name)) for name in names)
    years = f"year(mois) + 1 >= {force.start.year}" + (f" AND year(mois) + 1 < {force.end.year}" if force.end else "")
    yield f"""SELECT unnest([{ids}]) AS base_id, structure_id, annee, CAST(unnest(nombres) AS BIGINT) AS volume
      FROM (SELECT structure_id, CAST(year(mois) + 1 AS INTEGER) AS annee, [{sums}] AS nombres
        FROM ({rows_sql(force, table, whole=True)}) WHERE {years} GROUP BY ALL)"""


def _counted(grid: Grid, table: Table) -> list[str]:
    """The bases of a table that some measure counts on, in order."""
    counted = dict.fromkeys(measure.base for _, _, measure in grid.measures())
    return [name for name in counted if grid.bases[name].table == table]
