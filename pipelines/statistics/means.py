"""The range of a mean of structures at 95 %, each structure counting the same, from how much structures differ.

Each takes numbers or whole columns of them, and gives back the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from pipelines.statistics.proportions import LEVEL


def mean_of_structures(mean: Any, deviation: Any, structures: Any) -> tuple[Any, Any]:
    """m ± t(S−1) · sd/√S at 95 %, clipped to [0, 1]; `structures` ≥ 2. Methods 1.4."""
    half = half_width_of_structures(deviation, structures)
    return np.clip(mean - half, 0, 1), np.clip(mean + half, 0, 1)


def half_width_of_structures(deviation: Any, structures: Any) -> Any:
    """t(S−1) · sd/√S at 95 %: half the range of a mean of `structures` (≥ 2). Methods 1.4."""
    return stats.t.ppf((1 + LEVEL) / 2, structures - 1) * deviation / np.sqrt(structures)
