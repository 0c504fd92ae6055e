"""The stabilised value of each structure: an option beside its own figure, never the headline (methods 4.3)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.rounding import never_unanimous, percent, percent_down, percent_up, step_of_band
from pipelines.statistics.shrinkage import stabilised

STABILISED = ["stabilisee", "stabilisee_basse", "stabilisee_haute"]


def with_stabilised(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` (y, n, assise, opinion, and those of `perimeters`) with STABILISED, in whole percents.

    Where nothing separates structures: the rate that they have in common, with its range.
    """
    columns = ("y", "n", "a", "b", "reference", "reference_basse", "reference_haute")
    count, size, a, b, *common = (rows[name].cast(pl.Float64).to_numpy() for name in columns)
    own = stabilised(count, size, a, b)
    point, low, high = (pl.Series(np.where(np.isnan(a), alike, each)) for alike, each in zip(common, own, strict=True))
    step, opinion = step_of_band(pl.col("assise")), pl.col("opinion")
    shares = rows.with_columns(stabilisee=point, stabilisee_basse=low, stabilisee_haute=high)
    percents = shares.with_columns(
        never_unanimous(percent(pl.col("stabilisee")), opinion).alias("stabilisee"),
        never_unanimous(percent_down(pl.col("stabilisee_basse"), step), opinion).alias("stabilisee_basse"),
        never_unanimous(percent_up(pl.col("stabilisee_haute"), step), opinion).alias("stabilisee_haute"),
    )
    return percents.cast(dict.fromkeys(STABILISED, pl.Int32))
