"""Why a share of receptions moved: because structures do otherwise, or because receptions moved between structures.

Kitagawa, Journal of the American Statistical Association 1955;50:1168; methods 8.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

FEWEST_STRUCTURES = 5
"""A mean of fewer structures is not told (methods 10): the caller checks it."""
WIDEST_GAP_POINTS = 5
"""Two changes further apart than this tell different stories."""


@dataclass(frozen=True)
class Tally:
    """One period: how many records count (`counted`) among those that hold the item (`size` > 0), structure by structure."""

    counted: np.ndarray[Any, Any]
    size: np.ndarray[Any, Any]

    @property
    def shares(self) -> np.ndarray[Any, Any]:
        """Each structure's own share, in [0, 1]."""
        return self.counted / self.size

    @property
    def mean(self) -> float:
        """The mean of structures, each counting the same."""
        return float(self.shares.mean())

    @property
    def pooled(self) -> float:
        """The share of all records, each counting the same."""
        return float(self.counted.sum() / self.size.sum())

    @property
    def weights(self) -> np.ndarray[Any, Any]:
        """Each structure's part of all records; they add up to 1."""
        return self.size / self.size.sum()


@dataclass(frozen=True)
class Decomposition:
    """Changes from one period to the next, in [−1, 1]; `practices` + `composition` = `pooled`.

    `mean`: of the mean of structures. `pooled`: of the share of all records. `practices`: what the structures' own shares did
    to it, Σ w̄ Δr. `composition`: what the moves of records between structures did to it, Σ r̄ Δw.
    """

    mean: float
    pooled: float
    practices: float
    composition: float


def decomposition(before: Tally, after: Tally) -> Decomposition:
    """How the change of the pooled share splits; the same structures in the same order in both periods, at least one."""
    share_change, weight_change = after.shares - before.shares, after.weights - before.weights
    return Decomposition(
        mean=after.mean - before.mean,
        pooled=after.pooled - before.pooled,
        practices=float(((before.weights + after.weights) / 2 * share_change).sum()),
        composition=float(((before.shares + after.shares) / 2 * weight_change).sum()),
    )


def tell_different_stories(mean_points: int, pooled_points: int) -> bool:
    """Whether two changes, in whole points as they are shown, differ in sign or by more than 5 points. Methods 8.2."""
    return mean_points * pooled_points < 0 or abs(mean_points - pooled_points) > WIDEST_GAP_POINTS
