"""What is settled of each cell of a cube before any rule is asked: by the calendar, by the step, by an earlier edition."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.protection.cube import LEVELS, Cube, Flags, Numbers
from pipelines.protection.steps import RANKS

SLOT = ["pas", "debut", "ventilation", "modalite"]


@dataclass(frozen=True)
class Given:
    """Of each cell of a cube: closed throughout, finer than its step, not of this edition, and what was shown then."""

    closed: Flags
    too_fine: Flags
    frozen: Flags
    was_shown: Flags
    mean_was_shown: Flags


def given_of(cube: Cube, structures: pl.DataFrame, steps: pl.DataFrame | None, published: pl.DataFrame | None) -> Given:
    """From `structures` in the cube's order (actif_du, actif_au), and the base's own rows of `pas_publies`, `deja_publiees`.

    A cell of a period that is not new, and that no earlier edition had, stays hidden.
    """
    closed = np.zeros(cube.size, dtype=bool)
    own = len(cube.territory.structures) * len(cube.slots)
    closed[:own] = _closed(cube, structures).ravel()
    frozen = np.tile(np.array([not slot.new for slot in cube.slots], dtype=bool), cube.size // max(len(cube.slots), 1))
    shown, mean_shown = np.zeros((2, cube.size), dtype=bool)
    if published is not None:
        cells = cells_of(cube, published)
        found = cells >= 0
        shown[cells[found]] = published["visible"].to_numpy()[found]
        mean_shown[cells[found]] = published["moyenne_visible"].to_numpy()[found]
        frozen[cells[found]] = True
    return Given(closed, _too_fine(cube, steps), frozen, shown, mean_shown)


def _closed(cube: Cube, structures: pl.DataFrame) -> Flags:
    """Structures closed throughout a slot [structure × slot]."""
    opened = structures["actif_du"].to_numpy().astype("datetime64[D]")[:, None]
    shut = structures["actif_au"].to_numpy().astype("datetime64[D]")[:, None]
    starts = np.array([slot.start for slot in cube.slots], dtype="datetime64[D]")
    ends = np.array([slot.end for slot in cube.slots], dtype="datetime64[D]")
    closed: Flags = (opened > ends) | (shut < starts)
    return closed


def _too_fine(cube: Cube, steps: pl.DataFrame | None) -> Flags:
    finest = {
        (row["niveau"], row["unite_id"], row["annee"]): RANKS.index(row["pas"])
        for row in (steps.iter_rows(named=True) if steps is not None else ())
    }
    ranks = [RANKS.index(slot.step) for slot in cube.slots]
    years = [slot.start.year for slot in cube.slots]
    return np.array(
        [
            rank < finest.get((level, unit, year), 0)
            for level in LEVELS
            for unit in cube.territory.units(level)
            for rank, year in zip(ranks, years, strict=True)
        ],
        dtype=bool,
    )


def cells_of(cube: Cube, rows: pl.DataFrame) -> Numbers:
    """The number of each row's cell (niveau, unite_id, SLOT); -1 for one that the cube no longer has."""
    slots = {(each.step, each.start, each.breakdown, each.modality): rank for rank, each in enumerate(cube.slots)}
    units = {
        (level, unit): cube.offsets[level] + rank * len(cube.slots)
        for level in LEVELS
        for rank, unit in enumerate(cube.territory.units(level))
    }
    keys = rows.select("niveau", "unite_id", *SLOT).iter_rows()
    found = [(units.get((key[0], key[1])), slots.get((key[2], key[3], key[4], key[5]))) for key in keys]
    return np.array([-1 if unit is None or slot is None else unit + slot for unit, slot in found], dtype=np.int64)
