"""Two periods compared on the structures that both have, so that an opening or a closing is not read as a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def common_set(before: Sequence[str], after: Sequence[str]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Where the structures of both periods stand in each (positions from 0), in one same order, that of their names.

    `before`, `after`: the structures of each period, each once; ValueError where one stands twice. Methods 8.2.
    """
    for structures in (before, after):
        if len(set(structures)) < len(structures):
            raise ValueError("A structure stands twice in a period.")
    first, second = (np.array(structures, dtype=np.str_) for structures in (before, after))
    _, in_before, in_after = np.intersect1d(first, second, assume_unique=True, return_indices=True)
    return in_before, in_after
