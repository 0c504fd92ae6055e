"""What sums determine, and how far hidden numbers can go: by hand, by brute force, by another solver."""

from __future__ import annotations

import itertools
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from pipelines.attack.exploring import Rule, one_by_one
from pipelines.attack.intervals import in_whole_numbers, not_few, settle
from pipelines.attack.knowledge import Known
from pipelines.attack.recovery import determined, determined_by_one
from pipelines.attack.sums import Sums
from pipelines.attack.tables import fitting
from tests.attack.tiny import crossed, quarter

RULE = not_few(11, 5)


def bared(sums: Sums, known: Known) -> dict[int, tuple[float, float]]:
    """Each cell that falls to an outsider, with its range."""
    found = {}
    for each in settle(sums, known, sums.members(), RULE, ()):
        if not each.safe:
            found |= {int(c): (float(a), float(b)) for c, a, b in zip(each.cells, each.low, each.high, strict=True)}
    return found


def ranges(sums: Sums, known: Known) -> dict[int, tuple[float, float]]:
    """The range of every hidden cell, one by one."""
    fit = fitting(sums, known)
    cells = sums.members()
    never = Rule(doubtful=lambda low, high: low > high, harmless=lambda low, high: low > high)
    left, low, high = one_by_one(fit, fit.polytope(sums.columns[cells]), cells, never)
    return {int(c): (float(a), float(b)) for c, a, b in zip(left, low, high, strict=True)}


def test_a_month_hidden_alone_is_what_remains_of_its_quarter() -> None:
    sums, known = quarter((12, 15, 3), hidden=(2,))
    [cell] = sums.members()
    assert bared(sums, known) == {cell: (3, 3)}
    assert list(determined(sums, sums.shown)) == [cell]


def test_a_second_hidden_month_leaves_both_from_none_to_fifteen() -> None:
    sums, known = quarter((12, 15, 3), hidden=(0, 2))
    assert set(ranges(sums, known).values()) == {(0, 15)}
    assert bared(sums, known) == {}
    assert determined(sums, sums.shown).size == 0


def test_two_sums_together_may_bound_what_neither_does() -> None:
    counts = np.array([[10, 10, 30], [10, 10, 30], [2, 30, 20], [3, 30, 25]])
    shown = np.array([[False, False, True]] * 2 + [[False, True, False]] * 2)
    sums, known = crossed(counts, shown, np.ones(3, dtype=bool))
    fallen = sums.cells[list(bared(sums, known))].select("unite_id", "debut").rows()
    assert {("s2", date(2025, 1, 1)), ("s3", date(2025, 1, 1))} <= set(fallen)


def test_whole_numbers_are_tried_too() -> None:
    sums, known = quarter((12, 15, 3), hidden=(2,))
    assert [each.safe for each in in_whole_numbers(sums, known, sums.members(), RULE)] == [True, False]


def test_a_mask_by_threshold_alone_gives_back_what_brute_force_does() -> None:
    counts = np.random.default_rng(7).poisson(11, (5, 3))
    sums, known = crossed(counts, counts >= 11, counts.sum(axis=0) >= 11)
    expected = {cell for cell, (low, high) in by_brute_force(sums, known).items() if low == high}
    assert expected
    assert set(determined(sums, sums.shown)) == expected


def test_a_structure_that_knows_its_own_finds_the_only_other_one() -> None:
    counts, shown = np.array([[20, 20, 20], [20, 20, 20], [5, 6, 30], [7, 4, 30]]), np.ones((4, 3), dtype=bool)
    shown[2:] = False
    sums, _ = crossed(counts, shown, np.ones(3, dtype=bool))
    assert set(determined_by_one(sums)) == {"s2", "s3"}
    shown[1] = False
    sums, _ = crossed(counts, shown, np.ones(3, dtype=bool))
    assert determined_by_one(sums) == {}


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(
    arrays(np.int64, (4, 3), elements=st.integers(0, 30)),
    arrays(np.bool_, (4, 3)),
    arrays(np.bool_, 3),
)
def test_ranges_are_those_of_another_solver(counts: np.ndarray, shown: np.ndarray, network: np.ndarray) -> None:
    sums, known = crossed(counts, shown, network)
    for cell, (low, high) in ranges(sums, known).items():
        assert (low, high) == pytest.approx(by_linprog(sums, known, cell), abs=1e-5)


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(
    arrays(np.int64, (5, 3), elements=st.integers(0, 30)),
    arrays(np.bool_, (5, 3)),
    arrays(np.bool_, 3),
)
def test_what_falls_is_what_the_other_solver_says_falls(
    counts: np.ndarray, shown: np.ndarray, network: np.ndarray
) -> None:
    sums, known = crossed(counts, shown, network)
    exact = {cell: np.round(by_linprog(sums, known, cell), 6) for cell in sums.members()}
    expected = {cell for cell, (low, high) in exact.items() if not RULE.safe(low, high)}
    assert set(bared(sums, known)) == expected


def by_linprog(sums: Sums, known: Known, cell: int) -> tuple[float, float]:
    """The range of a cell by scipy, on every cell of the table, blocks apart: the published sums as they are written."""
    matrix, right = plain(sums, known)
    cost = np.zeros(matrix.shape[1])
    cost[cell] = 1
    bounds = [(value, value) if is_shown else (0, None) for value, is_shown in zip(known.low, sums.shown, strict=True)]
    low, high = (linprog(sign * cost, A_eq=matrix, b_eq=right, bounds=bounds, method="highs") for sign in (1, -1))
    return low.fun, -high.fun


def plain(sums: Sums, known: Known) -> tuple[np.ndarray, np.ndarray]:
    """Each quarter is its months, each network's period its structures': from the cells' names alone."""
    rows = sums.cells.select("niveau", "unite_id", "pas", "debut", "cellule").rows()
    equations = []
    for level, unit, step, start, whole in rows:
        if step == "trimestre":
            parts = [c for n, u, p, _, c in rows if (n, u, p) == (level, unit, "mois")]
            equations.append((whole, parts))
        if level == "reseau":
            equations.append((whole, [c for n, _, p, d, c in rows if (n, p, d) == ("structure", step, start)]))
    matrix = np.zeros((len(equations), len(rows)))
    for place, (whole, parts) in enumerate(equations):
        matrix[place, whole] -= 1
        matrix[place, parts] += 1
    return matrix, np.zeros(len(equations))


def by_brute_force(sums: Sums, known: Known) -> dict[int, tuple[int, int]]:
    """Whether a cell may be one more or less, whatever the others: over every integer move that keeps each sum."""
    matrix, _ = plain(sums, known)
    hidden = sums.members()
    moves = [
        np.array(move)
        for move in itertools.product((-1, 0, 1), repeat=len(hidden))
        if not (matrix[:, hidden] @ np.array(move)).any()
    ]
    moved = np.abs(moves).max(axis=0) if moves else np.zeros(len(hidden))
    return {int(cell): (0, int(far)) for cell, far in zip(hidden, moved, strict=True)}
