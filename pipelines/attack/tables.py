"""The tables that fit what someone knows, and how far a cell can go in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from pipelines.attack.knowledge import Known
from pipelines.attack.polytope import Polytope
from pipelines.attack.sums import Sums, Vector

_PASSES = 4


@dataclass(frozen=True)
class Fit:
    """What the unknowns of `sums` must obey: low ≤ matrix·x ≤ high [equation], smallest ≤ x ≤ largest [unknown]."""

    sums: Sums
    known: Known
    low: Vector
    high: Vector
    smallest: Vector
    largest: Vector

    def polytope(self, columns: Vector) -> Polytope:
        """Every table that fits, as far as the unknowns `columns` depend on others; what they do not depend on is left nil."""
        _, parts = self.parts
        reached = np.isin(parts, np.unique(parts[columns])) | (self.smallest == self.largest)
        rows = np.flatnonzero(abs(self.sums.matrix) @ (reached & (self.smallest < self.largest)).astype(float))
        smallest, largest = np.where(reached, self.smallest, 0), np.where(reached, self.largest, 0)
        return Polytope(self.sums.matrix[rows], self.low[rows], self.high[rows], smallest, largest)

    @cached_property
    def parts(self) -> tuple[int, Vector]:
        """How many groups of unknowns depend on each other, and which group each unknown is in."""
        free = sparse.diags((self.smallest < self.largest).astype(float))
        linked = (abs(self.sums.matrix) @ free).tocsr()
        return connected_components(linked.T @ linked, directed=False)

    @cached_property
    def margins(self) -> tuple[Vector, Vector]:
        """See `_margins`."""
        return _margins(self.sums, self.known.high)

    def owned(self, own: Vector) -> Fit:
        """For someone who also knows the cells flagged in `own`."""
        return self._fixed(np.unique(self.sums.columns[own & ~self.sums.shown]))

    def linked_to(self, own: Vector) -> Vector:
        """The hidden cells that depend on some of the cells flagged in `own`: of the others these tell nothing."""
        _, parts = self.parts
        hidden = self.sums.members()
        near = np.unique(parts[self.sums.columns[own & ~self.sums.shown]])
        return hidden[np.isin(parts[self.sums.columns[hidden]], near)]

    def inside_networks(self) -> Polytope:
        """The tables that differ from the real one inside networks only: all that is known outside one of them still holds.

        The networks' own cells stay as they are, and so do the sums of their structures in each département.
        """
        kept = self._fixed(np.unique(self.sums.columns[_aggregates(self.sums)]))
        matrix, totals = sparse.vstack([self.sums.matrix, areas := _areas(self.sums)]).tocsr(), self._totals()
        low, high = np.append(self.low, areas @ totals), np.append(self.high, areas @ totals)
        return Polytope(matrix, low, high, kept.smallest, kept.largest)

    def _fixed(self, columns: Vector) -> Fit:
        smallest, largest = self.smallest.copy(), self.largest.copy()
        smallest[columns] = largest[columns] = self._totals()[columns]
        return Fit(self.sums, self.known, self.low, self.high, smallest, largest)

    def _totals(self) -> Vector:
        assert self.known.real is not None
        return self.sums.totals(self.known.real)

    def cells(self, low: Vector, high: Vector) -> tuple[Vector, Vector]:
        """How far each hidden cell goes where its unknown goes from `low` to `high`: of a block, its share (Fréchet)."""
        hidden = self.sums.members()
        own, others = self.margins
        column = self.sums.columns[hidden]
        return np.maximum(0, low[column] - others[hidden]), np.minimum(own[hidden], high[column])


def fitting(sums: Sums, known: Known) -> Fit:
    """What someone who knows `known` can write of the unknowns.

    Where the real table is granted it fits by construction, whatever late records or networks' own indicators make the
    published sums miss.
    """
    if known.real is None:
        least, most = sums.of_shown(known.low, known.high)
        low, high = -most, -least
    else:
        right = sums.matrix @ sums.totals(known.real)
        least, most = sums.of_shown(known.low - known.real, known.high - known.real)
        low, high = right - most, right - least
    smallest, largest = _bounded(sums.matrix, low, high, _ceiling(known, low, high))
    return Fit(sums, known, low, high, smallest, largest)


def _ceiling(known: Known, low: Vector, high: Vector) -> float:
    finite = np.concatenate([each[np.isfinite(each)] for each in (known.low, known.high, low, high)])
    return 1000 + 10 * float(np.abs(finite).max(initial=0))


def _bounded(matrix: sparse.csr_matrix, low: Vector, high: Vector, ceiling: float) -> tuple[Vector, Vector]:
    """Bounds that each sum gives to each of its parts, passed on a few times (Fréchet's are those of two margins)."""
    entries = matrix.tocoo()
    row, column, sign = entries.row, entries.col, entries.data
    smallest, largest = np.zeros(matrix.shape[1]), np.full(matrix.shape[1], ceiling)
    for _ in range(_PASSES):
        least = np.where(sign > 0, smallest[column], -largest[column])
        most = np.where(sign > 0, largest[column], -smallest[column])
        low_rest = np.bincount(row, least, minlength=len(low))[row] - least
        high_rest = np.bincount(row, most, minlength=len(low))[row] - most
        at_most, at_least = high[row] - low_rest, low[row] - high_rest
        np.minimum.at(largest, column, np.where(sign > 0, at_most, -at_least))
        np.maximum.at(smallest, column, np.where(sign > 0, at_least, -at_most))
    return smallest, np.maximum(largest, smallest)


def _aggregates(sums: Sums) -> Vector:
    return (~sums.cells["montree"] & (sums.cells["niveau"] != "structure")).to_numpy()


def _areas(sums: Sums) -> sparse.csr_matrix:
    """For each network and département, its structures' hidden years [sum × unknown]."""
    yearly = sums.cells.filter(niveau="structure", pas="annee", montree=False).unique("colonne")
    rows = yearly.select(pl.struct("reseau", "departement").rank("dense").cast(pl.Int64) - 1).to_series().to_numpy()
    ones = np.ones(yearly.height)
    shape = (int(rows.max(initial=-1)) + 1, sums.unknowns)
    return sparse.csr_matrix((ones, (rows, yearly["colonne"].to_numpy())), shape=shape)


def _margins(sums: Sums, high: Vector) -> tuple[Vector, Vector]:
    """For each cell, the most that it can be by its own structure's shown cell, and the most that the rest of its block can."""
    covering = sums.cells["couverture"].fill_null(-1).to_numpy()
    own = np.where(covering >= 0, high[covering], np.inf)
    alone = sums.cells["bloc"].is_null().to_numpy()
    blocked = np.flatnonzero((sums.columns >= 0) & ~alone)
    whole = np.bincount(sums.columns[blocked], own[blocked], minlength=sums.unknowns)
    others = np.zeros(len(own))
    limited = blocked[np.isfinite(own[blocked])]
    others[blocked] = np.inf
    others[limited] = whole[sums.columns[limited]] - own[limited]
    return own, others
