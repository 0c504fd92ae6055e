"""Counting a grid on the warehouse: what every cell of the fixed cube holds, before anyone asks whether it may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import get_args

import duckdb
import polars as pl

from grids.model import Grid
from grids.thresholds import Thresholds
from pipelines.counting.compile import Table, base_column, measures_of, pass_sql
from pipelines.counting.unfold import unfolded_sql
from pipelines.periods import Period
from pipelines.staging import quoted, text_literal

_ROLLED_UP = ("comptes", "effectifs", "bilan_donnees", "bilan_regles")


def count(connection: duckdb.DuckDBPyConnection, grid: Grid, periods: Sequence[Period], thresholds: Thresholds) -> None:
    """Create, in the warehouse, `periodes`, `comptes`, `effectifs`, `bilan_donnees`, `bilan_regles` (grain: `sql/`)."""
    _create_periods(connection, periods)
    _create_registers(connection, grid, thresholds)
    connection.execute(_COUNTS_OF_STRUCTURES)
    for table in get_args(Table):
        _count_table(connection, grid, table)
    for name in _ROLLED_UP:
        connection.execute(files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8"))


_COUNTS_OF_STRUCTURES = """
-- [measure × structure × period × category]; y of a quantile counts the receptions that waited at most that many days
CREATE TABLE comptes_structures (mesure_id VARCHAR, base_id VARCHAR, genre VARCHAR, structure_id VARCHAR, reseau VARCHAR,
  pas VARCHAR, debut DATE, categorie VARCHAR, y BIGINT, n BIGINT, applicables BIGINT);
-- [base × structure × period]
CREATE TABLE effectifs_structures (base_id VARCHAR, structure_id VARCHAR, reseau VARCHAR, pas VARCHAR, debut DATE, n BIGINT);
"""


def _create_periods(connection: duckdb.DuckDBPyConnection, periods: Sequence[Period]) -> None:
    connection.execute("CREATE TABLE periodes (pas VARCHAR, debut DATE, fin DATE, close_le DATE)")
    for each in periods:
        connection.execute(
            "INSERT INTO periodes VALUES (?, ?, ?, ?)", [each.step, each.start, each.end, each.closes_on]
        )


def _create_registers(connection: duckdb.DuckDBPyConnection, grid: Grid, thresholds: Thresholds) -> None:
    """The grid's own tables: bases and their levels, categories in order, and the size at which a structure enters a mean."""
    levels = [(name, level) for name, base in grid.bases.items() for level in base.levels]
    categories = [
        (measure_id, code, code in measure.favorable)
        for measure_id, _, measure in grid.measures()
        if measure.kind == "repartition"
        for code in measure.categories
    ]
    _register(connection, "bases", levels, ["base_id", "niveau"])
    _register(connection, "categories", categories, ["mesure_id", "categorie", "favorable"])
    connection.execute(f"CREATE TABLE entree AS SELECT {thresholds.entering_mean.value} AS personnes")


def _register(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[object, ...]], columns: list[str]
) -> None:
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    connection.register("lignes_a_charger", frame.to_arrow())
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM lignes_a_charger")
    connection.unregister("lignes_a_charger")


def _count_table(connection: duckdb.DuckDBPyConnection, grid: Grid, table: Table) -> None:
    measures = measures_of(grid, table)
    connection.execute(
        f"CREATE TEMP TABLE passe AS SELECT * FROM ({pass_sql(grid, table)}) SEMI JOIN periodes USING (pas, debut)"
    )
    for name, base in grid.bases.items():
        if base.table == table:
            connection.execute(
                f"INSERT INTO effectifs_structures SELECT {text_literal(name)}, structure_id, reseau, pas, debut, "
                f"{quoted(base_column(name))} FROM passe WHERE {quoted(base_column(name))} > 0"
            )
    for position, each in enumerate(measures):
        connection.execute(f"INSERT INTO comptes_structures {unfolded_sql(position, each)}")
    connection.execute("DROP TABLE passe")
