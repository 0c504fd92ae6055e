"""Exact recovery: which hidden cells the shown ones determine, whatever the numbers are.

A cell is determined when it is constant over every table that fits the shown sums, that is where each vector of the null space
of the hidden columns is zero. Sums with one unknown are peeled first; random vectors are then projected onto the null space of
what remains: a cell that is not determined is almost surely moved by each of them.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.linalg import splu

from pipelines.attack.sums import Sums, Vector

_DRAWS = 24
"""More than the cells of a structure in a year, so that its own span no more than they must (months, quarters, the year)."""
_SEED = 20260301
_FLAT = 1e-8
_ZERO = 1e-6


def determined(sums: Sums, known: Vector) -> Vector:
    """The numbers of the hidden cells that anyone who knows the cells `known` (a flag for each cell) computes exactly."""
    unknown = _unknown(sums, known)
    open_ = ~_peeled(sums.matrix, ~unknown)
    moved = np.abs(_null_vectors(sums.matrix, open_ & unknown, 2)).max(axis=1, initial=0) > _ZERO
    fixed = np.flatnonzero(unknown & ~moved)
    return np.flatnonzero(np.isin(sums.columns, fixed) & ~known & (_sizes(sums)[sums.columns] == 1))


def determined_by_one(sums: Sums) -> dict[str, Vector]:
    """For each structure that knows its hidden cells, those of other structures that it computes, and outsiders do not.

    A cell is so where its row in the null space lies in the span of the structure's own rows.
    """
    open_ = ~_peeled(sums.matrix, np.zeros(sums.unknowns, dtype=bool))
    rows = _null_vectors(sums.matrix, open_, _DRAWS)
    free = np.abs(rows).max(axis=1, initial=0) > _ZERO
    structures = sums.columns[((sums.cells["niveau"] == "structure") & ~sums.cells["montree"]).to_numpy()]
    targets = np.intersect1d(structures, np.flatnonzero(free & (_sizes(sums) == 1)))
    found = {}
    for structure, own in _own_unknowns(sums).items():
        if own.size and targets.size:
            others = np.setdiff1d(targets, own)
            reached = others[_in_span(rows[own], rows[others])]
            if reached.size:
                found[structure] = np.flatnonzero(np.isin(sums.columns, reached))
    return found


def _unknown(sums: Sums, known: Vector) -> Vector:
    """Whether each unknown stays so for someone who knows some cells."""
    hidden = ~sums.shown & ~known
    unknown = np.zeros(sums.unknowns, dtype=bool)
    unknown[sums.columns[hidden]] = True
    return unknown


def _sizes(sums: Sums) -> Vector:
    """How many cells each unknown stands for."""
    return np.bincount(sums.columns[sums.columns >= 0], minlength=sums.unknowns)


def _peeled(matrix: sparse.csr_matrix, known: Vector) -> Vector:
    """Which unknowns are known, once every sum with a single unknown has given it, and so on."""
    known, pattern = known.copy(), abs(matrix)
    while True:
        left = pattern @ (~known).astype(float)
        single = left == 1
        given = (pattern[single].T @ np.ones(int(single.sum())) > 0) & ~known
        if not given.any():
            return known
        known |= given


def _null_vectors(matrix: sparse.csr_matrix, free: Vector, draws: int) -> Vector:
    """Random vectors of the null space of the columns `free`, zero elsewhere [unknown × draw]."""
    found = np.zeros((matrix.shape[1], draws))
    columns = np.flatnonzero(free)
    if columns.size == 0:
        return found
    part = matrix[:, columns]
    part = part[np.diff(part.indptr) > 0]
    random = np.random.default_rng(_SEED).standard_normal((columns.size, draws))
    found[columns] = _projected(part, random)
    return found


def _projected(part: sparse.csr_matrix, vectors: Vector) -> Vector:
    """`vectors` minus what the equations see of them: min ‖x − v‖ with part·x = 0, by its optimality system."""
    rows, columns = part.shape
    if rows == 0:
        return vectors
    system = sparse.bmat([[sparse.eye(columns), part.T], [part, -_FLAT * sparse.eye(rows)]], format="csc")
    solver, none = splu(system), np.zeros((rows, vectors.shape[1]))
    for _ in range(2):  # once more, since the system is flattened a little where sums repeat each other
        vectors = solver.solve(np.vstack([vectors, none]))[:columns]
    return vectors


def _own_unknowns(sums: Sums) -> dict[str, Vector]:
    """The unknowns that each structure outside blocks knows."""
    alone = sums.cells.filter(pl.col("bloc").is_null(), niveau="structure", montree=False)
    units = alone["unite_id"].unique(maintain_order=True)
    return {unit: np.unique(sums.columns[sums.structure(unit) & ~sums.shown]) for unit in units}


def _in_span(own: Vector, rows: Vector) -> Vector:
    """Whether each of `rows` is a combination of those of `own`."""
    _, size, directions = np.linalg.svd(own, full_matrices=False)
    basis = directions[size > _ZERO]
    rest = rows - (rows @ basis.T) @ basis
    return np.linalg.norm(rest, axis=1) < _ZERO * np.linalg.norm(rows, axis=1).clip(1e-3)
