"""Which hidden cells exact algebra gives back, whatever the rules of each sum say (methods, 7.4: local rules are not enough).

All sums together are one linear system whose unknowns are the hidden cells. A cell is given back if no other table has the
same shown cells, that is if every solution of the system without second member is 0 there. Random solutions tell: each is a
random vector less its projection on the equations.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from pipelines.protection.cube import Flags, Numbers
from pipelines.protection.rules import Rules
from pipelines.protection.sums import Sum

_SEED, _DRAWS, _PASSES = 7, 2, 3
_RIDGE, _NOUGHT = 1e-6, 1e-5


def given_back(rules: Rules, links: Sequence[Sum], hidden: Flags) -> Numbers:
    """The hidden cells with a few persons, fewer than the threshold in some part, that the shown cells give back exactly.

    Cells that hold nobody count as known: who knows that a structure was closed knows as much. `hidden`: of each cell.
    """
    n = rules.cube.n
    unknown: Flags = np.asarray(hidden & (n > 0).any(axis=1))
    few: Flags = np.asarray(((n > 0) & (n < rules.floor)).any(axis=1))
    equations, cells = _system(rules, links, unknown)
    if not few[cells].any():
        return cells[:0]
    return cells[_determined(equations) & few[cells]]


def _system(rules: Rules, links: Sequence[Sum], unknown: Flags) -> tuple[sparse.csr_matrix, Numbers]:
    """The equations [sum × unknown cell], and which cell each unknown is."""
    kinds = {link.kind for link in links}
    told = {kind: np.asarray((rules.values(kind) > 0).any(axis=1) & unknown) for kind in kinds}
    rows, columns, signs = [], [], []
    for rank, link in enumerate(links):
        of_kind = told[link.kind]
        parts = link.children[of_kind[link.children]]
        rows += [rank] * len(parts)
        columns += parts.tolist()
        signs += [1.0] * len(parts)
        if of_kind[link.parent]:
            rows.append(rank)
            columns.append(link.parent)
            signs.append(-1.0)
    cells, places = np.unique(np.array(columns, dtype=np.int64), return_inverse=True)
    kept, lines = np.unique(np.array(rows, dtype=np.int64), return_inverse=True)
    return sparse.csr_matrix((signs, (lines, places)), shape=(len(kept), len(cells))), cells


def _determined(equations: sparse.csr_matrix) -> Flags:
    """The unknowns that are 0 in every solution of the homogeneous system."""
    gram = (equations @ equations.T + _RIDGE * sparse.identity(equations.shape[0])).tocsc()
    solver, rng = splu(gram), np.random.default_rng(_SEED)
    always = np.ones(equations.shape[1], dtype=bool)
    for _ in range(_DRAWS):
        solution = rng.normal(size=equations.shape[1])
        for _ in range(_PASSES):
            solution = solution - equations.T @ solver.solve(equations @ solution)
        always &= np.abs(solution) < _NOUGHT
    return always
