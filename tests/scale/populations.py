"""How many rows each base of a region holds, by period and by modality: drawn once, since a base is a part of another."""

from __future__ import annotations

import numpy as np

from grids.breakdowns import Breakdown
from grids.model import Grid
from tests.scale.calendar import MONTHS
from tests.scale.draws import Counts, around, crossed, mixes, split
from tests.scale.parts import PROFILE, RECEPTIONS, STAFF, share_of
from tests.scale.places import Region


class Drawn:
    """How many rows each base holds, drawn once, since a base is a part of another."""

    def __init__(self, rng: np.random.Generator, grid: Grid, region: Region) -> None:
        self.rng, self.grid, self.region = rng, grid, region
        size = region.size
        yearly_open: Counts = np.any(region.receptions.reshape(size, -1, 12), axis=2).astype(np.int64)
        team: Counts = 1 + np.asarray(rng.poisson(3, (size, 1)))
        self._counts: dict[str, Counts] = {
            RECEPTIONS: region.receptions,
            PROFILE: yearly_open,
            STAFF: yearly_open * team,
        }
        self._modalities: dict[tuple[str, str], Counts] = {}

    def counts(self, base: str) -> Counts:
        """The rows of a base at its finest step, the year before the first one included [structure × period]."""
        if base not in self._counts:
            source, share = share_of(self.grid, base)
            shares = around(self.rng, share, 0.4, self.region.size)
            if source == RECEPTIONS and self.grid.bases[base].table == "reponses":
                shares *= self.rng.random(self.region.size) > 0.2  # those that never ask
            totals = coarser(self.counts(source), self._periods(base))
            self._counts[base] = self.rng.binomial(totals, shares[:, None])
        return self._counts[base]

    def published(self, base: str) -> Counts:
        """The same without the year before."""
        counts = self.counts(base)
        return counts[:, counts.shape[1] // (self.region.years + 1) :]

    def modalities(self, base: str, name: str, breakdown: Breakdown) -> Counts:
        """The rows of a base by modality of a breakdown, the unknown one last [structure × year × modality]."""
        if (base, name) not in self._modalities:
            totals = coarser(self.published(base), self.region.years)
            source, _ = share_of(self.grid, base)
            concerned = _concerned(self.grid, base, breakdown)
            if source in self.grid.bases and _concerned(self.grid, source, breakdown) == concerned:
                among = self.modalities(source, name, breakdown)
                kept = np.stack([totals, among.sum(axis=2) - totals], axis=2)
                self._modalities[base, name] = crossed(self.rng, kept, among)[:, :, 0]
            else:
                known = 1 / (1 + np.arange(len(breakdown.modalities)))
                weights = np.append(known, known.sum() * (0.05 if concerned else 2.5))
                self._modalities[base, name] = split(self.rng, totals, mixes(self.rng, weights, 20, self.region.size))
        return self._modalities[base, name]

    def _periods(self, base: str) -> int:
        return (self.region.years + 1) * 12 // MONTHS[self.grid.bases[base].steps[0]]


def _concerned(grid: Grid, base: str, breakdown: Breakdown) -> bool:
    """Whether every row of a base is one that the breakdown tells apart."""
    return breakdown.condition in grid.bases[base].condition


def coarser(counts: Counts, periods: int) -> Counts:
    """The sums of the second axis by `periods` equal stretches."""
    return counts.reshape(counts.shape[0], periods, -1, *counts.shape[2:]).sum(axis=2)
