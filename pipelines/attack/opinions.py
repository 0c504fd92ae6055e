"""What sums tell of the opinions of those that they hide."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.attack.knowledge import Known
from pipelines.attack.sums import Sums, Vector
from pipelines.attack.tables import fitting


def unanimous_sums(sums: Sums, known: Known, size: Known, few: int) -> Vector:
    """The shown wholes whose hidden parts surely hold fewer than `few` of an opinion, though somebody is among them.

    `known`: of those who hold it; `size`: of all who answered. A whole whose parts are all hidden tells nothing more of them.
    """
    assert size.real is not None
    most = fitting(sums, known).high
    persons = sums.matrix @ sums.totals(size.real)
    kinds = sums.terms.with_columns(montree=sums.shown[sums.terms["cellule"].to_numpy()])
    judged = (
        kinds.group_by("equation")
        .agg(
            whole=pl.col("cellule").filter(signe=-1).first(),
            told=pl.col("montree").filter(signe=-1).all(),
            parts_told=pl.col("montree").filter(signe=1).any(),
        )
        .filter("told", "parts_told")
    )
    equations = judged["equation"].to_numpy()
    bare = (np.round(most[equations], 6) < few) & (persons[equations] > 0)
    return np.unique(judged["whole"].to_numpy()[bare])
