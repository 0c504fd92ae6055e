"""Whether the items of a criterion go together: a question about the grid, never a figure of a structure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FEWEST_ITEMS, FEWEST_PERSONS = 3, 30
"""With fewer, alpha says nothing of the items (methods 3): the caller checks it."""


def cronbach(answers: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha of `answers`, one row a person who answered every item, one column an item (≥ 2 of both).

    k / (k − 1) · (1 − Σ s²ᵢ / s²ₜ), at most 1 and without a lower bound; None if the persons' totals do not vary. Cronbach,
    Psychometrika 1951;16:297; methods 3.
    """
    table = np.array(answers, dtype=float)
    items = table.shape[1]
    whole = table.sum(axis=1).var(ddof=1)
    if whole == 0:
        return None
    return float(items / (items - 1) * (1 - table.var(axis=0, ddof=1).sum() / whole))
