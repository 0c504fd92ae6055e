"""What counting knows besides records: the closed periods, where each base is counted, who declines what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import duckdb
import polars as pl

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
    published: Collection[Period] = (),
) -> None:
    """Create `periodes`, `bases`, `refus`, `entree`.

    `periodes`: [closed period] `nouvelle` unless it is among the `published`.
    `bases`: [base × level × step] its name in the grid (`base`), whether it is of facts or of opinions, the first and last day
    of its version's force (fin NULL while no later version is known), the table that it counts (`source`).
    `refus`: [network × indicator that it declines]. `entree`: the size from which a structure enters a mean.
    """
    days = [(each.step, each.start, each.end, each.closes_on, each not in published) for each in periods]
    _table(connection, "periodes", "pas VARCHAR, debut DATE, fin DATE, close_le DATE, nouvelle BOOLEAN", days)
    bases = [row for force in forces for row in _bases(force)]
    _table(
        connection,
        "bases",
        "base_id VARCHAR, base VARCHAR, niveau VARCHAR, pas VARCHAR, fait BOOLEAN, opinion BOOLEAN, debut DATE, fin DATE, "
        "source VARCHAR",
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
        told = (base.is_fact, base.opinion, force.start, force.last_day, base.table)
        for level in base.levels:
            for step in base.steps:
                if level != "departement" or step == "annee":
                    yield force.grid.base_id(name), name, level, step, *told
