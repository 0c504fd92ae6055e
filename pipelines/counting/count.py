"""Counting on the warehouse: what every cell of the fixed cube holds, before anyone asks whether it may be shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib.resources import files
from types import MappingProxyType
from typing import get_args

import duckdb

from grids.breakdowns import load_breakdowns
from grids.model import Grid, Table
from grids.thresholds import Thresholds
from grids.versions import VersionRecord
from pipelines.counting.offers import count_offers
from pipelines.counting.one_pass import Force, table_pass
from pipelines.counting.registers import Declined, create_registers
from pipelines.counting.standing_in import stand_in
from pipelines.counting.unfold import count_pass
from pipelines.counting.volumes import count_volumes
from pipelines.periods import Period

NOBODY_DECLINES: Declined = MappingProxyType({})
_ROLLED_UP = ("comptes", "effectifs", "bilan_donnees", "bilan_regles")


def count(
    connection: duckdb.DuckDBPyConnection,
    grids: Sequence[Grid],
    records: Sequence[VersionRecord],
    periods: Sequence[Period],
    thresholds: Thresholds,
    declined: Declined = NOBODY_DECLINES,
    published: Collection[Period] = (),
) -> None:
    """Count every version of the grid, `records` saying since when each is in force, in the order of `grids`.

    Receptions are measured under the version in force in their month, profiles under that of their year, answers under the
    version that was asked. An indicator that a network declines is not counted for it. `published`: those of `periods` that
    an earlier edition shows. Reads the warehouse's records, answers and profiles.
    Creates `comptes_fins`, `volumes` (see count_volumes) and the registers `periodes`, `bases`, `refus`, `entree` (see
    create_registers), to be settled with what was published, then rolled up.
    """
    forces = forces_of(grids, records)
    create_registers(connection, forces, periods, thresholds, declined, published)
    _create(connection, "comptes_fins")
    breakdowns = load_breakdowns()
    for force in forces:
        for table in get_args(Table):
            wide = table_pass(force, table, breakdowns.active(table))
            if wide:
                count_pass(connection, force.grid, wide)
    count_volumes(connection, forces)


def roll_up(connection: duckdb.DuckDBPyConnection, grids: Sequence[Grid], records: Sequence[VersionRecord]) -> None:
    """Add `comptes_fins`, and `tardifs` where it exists, up to every step and level: the other tables of `sql/`.

    What structures offer is added, and networks' own indicators stand in where they may (see stand_in). Reads the
    warehouse's `structures`, profiles and `indicateurs_reseau`.
    """
    _create(connection, "tardifs")
    _create(connection, "comptes_structures")
    for force in forces_of(grids, records):
        count_offers(connection, force)
    if connection.execute("SELECT 1 FROM indicateurs_reseau LIMIT 1").fetchall():
        stand_in(connection, grids)
    for name in _ROLLED_UP:
        _create(connection, name)


def forces_of(grids: Sequence[Grid], records: Sequence[VersionRecord]) -> list[Force]:
    """Each version with its first day, and the first day of the next one."""
    ordered = sorted(zip(records, grids, strict=True), key=lambda pair: pair[0].in_force_from)
    starts = [record.in_force_from for record, _ in ordered]
    return [Force(grid, start, end) for (_, grid), start, end in zip(ordered, starts, [*starts[1:], None], strict=True)]


def _create(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute(files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8"))
