"""What a share of answers would be if those who answer came by each channel as the public does: post-stratification.

Holt & Smith, Journal of the Royal Statistical Society A 1979;142:33; methods 3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.statistics.proportions import effective_size, wilson

FEWEST_ANSWERS = 11
"""A stratum of fewer answers does not speak for its part of the public."""
LARGEST_WEIGHT = 3.0
"""An answer that would count for more than so many carries too much."""


@dataclass(frozen=True)
class WeightedShare:
    """A weighted share and its range, in [0, 1], and how many independent answers it is worth."""

    share: float
    low: float
    high: float
    effective_size: float


def weighted_share(
    counted: Sequence[int],
    sizes: Sequence[int],
    mix: Sequence[float],
    *,
    design_effect: float = 1.0,
    fewest: int = FEWEST_ANSWERS,
) -> WeightedShare | None:
    """Σ W_h p_h over the strata, with Wilson's range at Kish's effective size; None where weighting would mislead.

    `counted`, `sizes`: favourable answers and answers of each stratum (size 0 for a stratum nobody answered from). `mix`:
    each stratum's part W_h > 0 of the public, which add up to 1; ValueError otherwise. `design_effect`: by how much answers
    that resemble each other within a structure widen the variance already; both effects multiply (Kish 1965; methods 1.2).
    Refused where a stratum has fewer than `fewest` answers, or where an answer would weigh more than 3.
    """
    if min(mix) <= 0 or not math.isclose(sum(mix), 1, abs_tol=1e-6):
        raise ValueError("The parts of the public are positive and add up to 1.")
    if min(sizes) < fewest:
        return None
    answers, parts = np.array(sizes, dtype=float), np.array(mix, dtype=float)
    weights = parts * answers.sum() / answers
    if weights.max() > LARGEST_WEIGHT:
        return None
    share = float((parts * np.array(counted) / answers).sum())
    size = effective_size(kish_size(weights, answers), design_effect)
    low, high = wilson(share * size, size)
    return WeightedShare(share, float(low), float(high), float(size))


def kish_size(weights: Sequence[float] | np.ndarray, answers: Sequence[float] | np.ndarray) -> float:
    """(Σw)² / Σw²: how many equal answers are worth `answers` that weigh `weights`, stratum by stratum. Kish 1965, 11.7."""
    weight, number = np.asarray(weights, dtype=float), np.asarray(answers, dtype=float)
    return float((weight * number).sum() ** 2 / (weight**2 * number).sum())
