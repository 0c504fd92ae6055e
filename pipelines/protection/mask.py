"""The mask: which cells of the cube may be shown, base by base, and at which step. `motif` never leaves the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import duckdb
import numpy as np
import polars as pl

from grids.thresholds import Thresholds
from pipelines.protection.complement import Complement
from pipelines.protection.cube import LEVELS, Cube, Flags
from pipelines.protection.given import Given, cells_of
from pipelines.protection.means import shown_means
from pipelines.protection.primary import MOTIVES, Motives, primary
from pipelines.protection.reading import read_cubes
from pipelines.protection.rules import Rules
from pipelines.protection.steps import create_steps
from pipelines.protection.strengthening import strengthen
from pipelines.protection.sums import sums_of

_GENTLE_TRIES = 2
"""How many times cells are hidden one by one around what was laid bare, before whole breakdowns go."""
_SCHEMA = {
    "base_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date,
    "ventilation": pl.String, "modalite": pl.String, "motif": pl.String, "visible": pl.Boolean,
    "moyenne_visible": pl.Boolean,
}  # fmt: skip


def mask(
    connection: duckdb.DuckDBPyConnection,
    thresholds: Thresholds,
    *,
    complement: bool = True,
    bared: Sequence[pl.DataFrame] = (),
) -> None:
    """Create the warehouse's tables `pas_publies` (see create_steps) and `masque` (base_id, niveau, unite_id, pas, debut,
    ventilation, modalite, motif, visible, moyenne_visible).

    The cube is that of `bases`: at each level and step of a base, every unit, in the closed periods that start while its
    version is in force, and in those where something was told of it; for years of networks and of the region, every modality
    that the base was told by. `moyenne_visible`: whether the means of structures of a shown cell may be shown as well.
    Without `complement` the primary rule alone is asked, which sums undo: it is there to measure what the rest brings.
    `bared`: base_id, niveau, unite_id, pas, debut, ventilation, modalite of the cells that each attack on the same mask laid
    bare, one after another; more is hidden around them (see strengthen).
    """
    create_steps(connection, thresholds)
    found = [
        _rows(cube, *mask_cube(cube, given, thresholds, complement=complement, bared=_of_base(cube, bared)))
        for cube, given in read_cubes(connection, thresholds)
    ]
    frame = pl.concat([pl.DataFrame(schema=_SCHEMA), *found])
    connection.register("masque_etabli", frame.to_arrow())
    connection.execute("CREATE OR REPLACE TABLE masque AS FROM masque_etabli")
    connection.unregister("masque_etabli")


class Masked(NamedTuple):
    """The motive of each cell, 0 for a shown one, and whether its means of structures may be shown."""

    motives: Motives
    means: Flags


def mask_cube(
    cube: Cube, given: Given, thresholds: Thresholds, *, complement: bool = True, bared: Sequence[Sequence[int]] = ()
) -> Masked:
    """The mask of one base; see mask. `bared`: the numbers of the cells that each attack laid bare."""
    motives, could_be_shown = primary(cube, given, thresholds)
    never = motives == MOTIVES.index("inconnue")
    if not complement:
        return Masked(motives, motives == 0)
    settled = given.frozen | never
    search = Complement(Rules(cube, thresholds, harmless=never & could_be_shown), sums_of(cube), motives, settled)
    search.run()
    for tries, cells in enumerate(bared):
        strengthen(search, cells, again=tries >= _GENTLE_TRIES)
        search.run()
    return Masked(motives, shown_means(cube, motives, given.frozen, given.mean_was_shown, thresholds))


def _of_base(cube: Cube, bared: Sequence[pl.DataFrame]) -> list[list[int]]:
    """The numbers of the cells of a base that each attack laid bare."""
    found = [cells_of(cube, each.filter(base_id=cube.base.base_id)) for each in bared]
    return [sorted(cells[cells >= 0].tolist()) for cells in found if cells.size]


def _rows(cube: Cube, motives: Motives, means: Flags) -> pl.DataFrame:
    """The rows of `masque` of a base."""
    units = [(level, unit) for level in LEVELS for unit in cube.territory.units(level)]
    names = pl.DataFrame(units, schema={"niveau": pl.String, "unite_id": pl.String}, orient="row")
    slots = pl.DataFrame(
        [(slot.step, slot.start, slot.breakdown, slot.modality) for slot in cube.slots],
        schema={name: _SCHEMA[name] for name in ("pas", "debut", "ventilation", "modalite")},
        orient="row",
    )
    cells = np.flatnonzero(cube.exists)
    unit, slot = np.divmod(cells, max(len(cube.slots), 1))
    hidden = motives[cells]
    return pl.concat([names[unit], slots[slot]], how="horizontal").select(
        pl.lit(cube.base.base_id).alias("base_id"),
        pl.all(),
        motif=pl.Series(np.array(MOTIVES)[hidden]),
        visible=pl.Series(hidden == 0),
        moyenne_visible=pl.Series(means[cells] & (hidden == 0)),
    )
