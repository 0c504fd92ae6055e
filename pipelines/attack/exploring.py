"""Certifies that hidden cells can be anything: tables that fit, many cells at a time, then one by one what remains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipelines.attack.polytope import Polytope
from pipelines.attack.sums import Vector
from pipelines.attack.tables import Fit

_SEED = 20260301
_ROUNDS, _PATIENCE = 40, 4
Judged = Callable[[Vector, Vector], Vector]


@dataclass(frozen=True)
class Rule:
    """What makes a cell safe, from two numbers (low, high) for each.

    doubtful: tables that fit go at least from low to high, and that leaves enough doubt; harmless: no table goes beyond low and
    high, and nothing there is worth hiding.
    """

    doubtful: Judged
    harmless: Judged

    def safe(self, low: Vector, high: Vector) -> Vector:
        """Whether cells are safe that go from `low` to `high` exactly."""
        return self.doubtful(low, high) | self.harmless(low, high)


def by_random_tables(fit: Fit, polytope: Polytope, targets: Vector, rule: Rule) -> Vector:
    """The `targets` (numbers of hidden cells) that no table found so far makes safe.

    Each optimum under a random cost is a whole table that fits; a cell is safe as soon as those seen are far enough apart.
    """
    random, columns = np.random.default_rng(_SEED), fit.sums.columns
    low, high = np.full(fit.sums.unknowns, np.inf), np.full(fit.sums.unknowns, -np.inf)
    idle, cost = 0, np.zeros(fit.sums.unknowns)
    for turn in range(_ROUNDS):
        if targets.size == 0 or idle >= _PATIENCE:
            break
        cost = _random_cost(random, len(cost), columns[targets]) if turn % 2 == 0 else -cost
        table = polytope.least(cost)
        if table is None:
            break
        table = np.round(table, 6)
        low, high = np.minimum(low, table), np.maximum(high, table)
        left = targets[~rule.doubtful(*_of_cells(fit, low, high, targets))]
        idle = idle + 1 if left.size == targets.size else 0
        targets = left
    return targets


def one_by_one(fit: Fit, polytope: Polytope, targets: Vector, rule: Rule) -> tuple[Vector, Vector, Vector]:
    """The `targets` that are not safe even at their extremes, and from what to what each goes."""
    low, high = np.zeros(fit.sums.unknowns), np.full(fit.sums.unknowns, np.inf)
    for column in np.unique(fit.sums.columns[targets]):
        extent = polytope.extent(int(column))
        if extent is not None:
            low[column], high[column] = np.round(extent, 6)
    cell_low, cell_high = _of_cells(fit, low, high, targets)
    bared = ~rule.safe(cell_low, cell_high)
    return targets[bared], cell_low[bared], cell_high[bared]


def already_harmless(fit: Fit, targets: Vector, rule: Rule) -> Vector:
    """The `targets` that the sums alone prove to be harmless: no table need be found."""
    low, high = _of_cells(fit, fit.smallest, fit.largest, targets)
    return targets[rule.harmless(np.round(low, 6), np.round(high, 6))]


def _random_cost(random: np.random.Generator, size: int, columns: Vector) -> Vector:
    cost = np.zeros(size)
    columns = np.unique(columns)
    cost[columns] = random.choice([-1.0, 1.0], columns.size) * random.uniform(0.5, 1.5, columns.size)
    return cost


def _of_cells(fit: Fit, low: Vector, high: Vector, targets: Vector) -> tuple[Vector, Vector]:
    hidden = fit.sums.members()
    place = np.searchsorted(hidden, targets)
    cell_low, cell_high = fit.cells(low, high)
    return cell_low[place], cell_high[place]
