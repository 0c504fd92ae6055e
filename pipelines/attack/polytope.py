"""Every table that fits the published sums, as a polytope that a linear program explores: one model kept, only costs change."""

from __future__ import annotations

import highspy
import numpy as np
from scipy import sparse

from pipelines.attack.sums import Vector

_SECONDS_FOR_INTEGERS = 5.0


class _Quiet(highspy.Highs):
    """HiGHS without callbacks, whose registration prints a banner before any option can forbid it."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


class Polytope:
    """{x : low ≤ matrix·x ≤ high, smallest ≤ x ≤ largest}, explored by HiGHS (Huangfu and Hall 2018)."""

    def __init__(self, matrix: sparse.csr_matrix, low: Vector, high: Vector, smallest: Vector, largest: Vector) -> None:
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = matrix.shape
        model.col_cost_ = np.zeros(matrix.shape[1])
        model.col_lower_, model.col_upper_ = smallest, largest
        model.row_lower_, model.row_upper_ = low, high
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
        model.a_matrix_.value_ = matrix.data
        self._columns = np.arange(matrix.shape[1], dtype=np.int32)
        self._solver = _Quiet()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.passModel(model)

    def least(self, cost: Vector) -> Vector | None:
        """The table at which `cost`·x is least; None if no table fits."""
        self._solver.changeColsCost(len(self._columns), self._columns, np.asarray(cost, dtype=float))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._solver.getSolution().col_value)

    def extent(self, column: int) -> tuple[float, float] | None:
        """The least and the most that one unknown can be; None if that could not be found in time."""
        cost = np.zeros(len(self._columns))
        cost[column] = 1.0
        low, high = self.least(cost), self.least(-cost)
        if low is None or high is None:
            return None
        return float(low[column]), float(high[column])

    def in_whole_numbers(self) -> None:
        """From now on, only tables of whole numbers."""
        kinds = np.full(len(self._columns), highspy.HighsVarType.kInteger)
        self._solver.changeColsIntegrality(len(self._columns), self._columns, kinds)
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + _SECONDS_FOR_INTEGERS)
