"""Where the means of structures may be shown: each is one more sum, of the entering structures' own figures (methods, 7.6).

Behind a shown mean stand no masked structure that enters it, or at least three; behind a difference of shown means too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grids.thresholds import Thresholds
from pipelines.protection.cube import LEVELS, Cube, Flags, Numbers
from pipelines.protection.primary import Motives


@dataclass(frozen=True)
class _Entering:
    """How many structures enter each mean of a level, and how many of them are hidden [unit × slot × part]."""

    every: Numbers
    hidden: Numbers


def shown_means(cube: Cube, motives: Motives, frozen: Flags, were_shown: Flags, thresholds: Thresholds) -> Flags:
    """Whether the means of structures of each cell may be shown, False for a hidden cell; those of earlier editions stay."""
    visible = (motives == 0) & cube.exists
    if cube.base.fact:
        return np.where(frozen, were_shown & visible, visible)
    means = _Means(cube, visible, thresholds)
    alone = np.concatenate([means.safe(level).ravel() for level in LEVELS])
    shown: Flags = np.where(frozen, were_shown, alone) & visible
    for slot in range(len(cube.slots)):
        for level in ("reseau", "departement"):
            if cube.base.shown_at(level, cube.slots[slot]) and shown[cube.cell("region", 0, slot)]:
                means.hide_behind_region(level, slot, shown, frozen)
    return shown


class _Means:
    def __init__(self, cube: Cube, visible: Flags, thresholds: Thresholds) -> None:
        self.cube, self.visible = cube, visible
        self.least, self.for_mean = thresholds.hidden_members.value, thresholds.structures_for_mean.value
        own = visible[: cube.offsets["reseau"]].reshape(cube.contents.n.shape[:2])
        enters = [each >= thresholds.entering_mean.value for each in (cube.contents.n, cube.contents.shared)]
        within, shared = (
            _Entering(each.astype(np.int64), (each & ~own[:, :, None]).astype(np.int64)) for each in enters
        )
        self.levels = {
            "structure": within,
            "reseau": _Entering(cube.by_network(within.every), cube.by_network(within.hidden)),
            "departement": _Entering(cube.by_department(shared.every), cube.by_department(shared.hidden)),
            "region": _Entering(shared.every.sum(axis=0)[None], shared.hidden.sum(axis=0)[None]),
        }
        # What the networks are to the region: without their near indicators.
        self.shared = {
            **self.levels,
            "reseau": _Entering(cube.by_network(shared.every), cube.by_network(shared.hidden)),
        }

    def safe(self, level: str) -> Flags:
        """Whether no shown mean of a cell hides one or two structures [unit × slot]."""
        entering = self.levels[level]
        few = (entering.hidden > 0) & (entering.hidden < self.least) & (entering.every >= self.for_mean)
        return np.asarray(~few.any(axis=2))

    def hide_behind_region(self, level: str, slot: int, shown: Flags, frozen: Flags) -> None:
        """Hide means of a level, or the region's, until what shown ones leave of the region's is not one or two structures."""
        cells, region = self.cube.cells(level, slot), self.cube.cell("region", 0, slot)
        inside = self.shared[level]
        every, hidden = inside.every[:, slot], inside.hidden[:, slot]
        told = self.levels["region"].every[0, slot] >= self.for_mean
        while True:
            stated = shown[cells][:, None] & (self.levels[level].every[:, slot] >= self.for_mean)
            left = np.where(stated, 0, hidden).sum(axis=0)
            weak = told & (left > 0) & (left < self.least)
            if not weak.any():
                return
            helping = np.flatnonzero(shown[cells] & ~frozen[cells] & (hidden[:, weak] > 0).any(axis=1))
            if not helping.size:
                shown[region] &= frozen[region]
                return
            smallest = helping[np.argmin(every[helping].sum(axis=1))]
            shown[cells[smallest]] = False
