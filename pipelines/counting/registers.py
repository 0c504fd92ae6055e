"""What counting knows besides records: the closed periods, where each base is counted, who declines what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import duckdb
import polars as pl

from grids.model import Grid, Step
from grids.thresholds import Thresholds
from pipelines.counting.one_pass import Force
from pipelines.periods import Period

Declined = Mapping[str, Collection[str]]
"""The indicators that each network declines."""


def create_registers(
    connection: duckdb.DuckDBPyConnection,
    forces: Sequence[Force],
    periods: Sequence[Period],
    thresholds: Thresholds,
    declined: Declined,
) -> None:
    """Create `periodes`, `bases`, `refus`, `entree`.

    `bases`: [base × level × step] whether it is of facts, the first and last day of its version's force (fin NULL while no
    later version is known), the table that it counts (`source`). `refus`: [network × indicator that it declines].
    `entree`: the size from which a structure enters a mean.
    """
    days = [(each.step, each.start, each.end, each.closes_on) for each in periods]
    _table(connection, "periodes", "pas VARCHAR, debut DATE, fin DATE, close_le DATE", days)
    bases = [row for force in forces for row in _bases(force)]
    _table(
        connection,
        "bases",
        "base_id VARCHAR, niveau VARCHAR, pas VARCHAR, fait BOOLEAN, debut DATE, fin DATE, source VARCHAR",
        bases,
    )
    refused = [(network, indicator) for network, indicators in declined.items() for indicator in indicators]
    _table(connection, "refus", "reseau VARCHAR, indicateur_id VARCHAR", refused)
    connection.execute(f"CREATE TABLE entree AS SELECT {thresholds.entering_mean.value} AS personnes")


def fill(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Add rows to a table, in the order of its columns."""
    if rows:
        frame = pl.DataFrame(rows, orient="row", infer_schema_length=None)
        connection.register("lignes_a_charger", frame.to_arrow())
        connection.execute(f"INSERT INTO {name} SELECT * FROM lignes_a_charger")
        connection.unregister("lignes_a_charger")


def _table(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    connection.execute(f"CREATE TABLE {name} ({columns})")
    fill(connection, name, rows)


def _bases(force: Force) -> Iterable[tuple[object, ...]]:
    """The bases that a measure is counted on, wherever they may be shown."""
    counted = dict.fromkeys(measure.base for _, _, measure in force.grid.measures())
    for name in counted:
        base = force.grid.bases[name]
        for level in base.levels:
            for step in steps_of(force.grid, name):
                yield force.grid.base_id(name), level, step, base.is_fact, force.start, force.last_day, base.table


def steps_of(grid: Grid, base: str) -> tuple[Step, ...]:
    """The steps at which a base is counted: profiles say nothing of a quarter."""
    said = grid.bases[base]
    return tuple(step for step in said.steps if said.table != "structures" or step == "annee")
