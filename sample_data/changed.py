"""A structure where something changes one month (planted.yaml): drawn apart, before and after, under its own seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from sample_data.definitions import Network
from sample_data.receptions import receptions

Change = Mapping[str, Any]


def changed_place(structures: pl.DataFrame, change: Change) -> pl.DataFrame:
    """The one row of `structures` (see `sample_data.region`) where the change is planted, with its volume and its levels.

    Its waits are the median that the change says, whatever they are elsewhere in its network.
    """
    place = structures.filter(pl.col("structure_id") == change["structure"])
    return _at(place.with_columns(volume=pl.lit(float(change["volume"])), attente=pl.lit(1.0)), change["before"])


def changed_receptions(place: pl.DataFrame, network: Network, change: Change, seed: int) -> pl.DataFrame:
    """The receptions of that structure (the columns of `sample_data.receptions`), at its levels before, then after."""
    begins = date.fromisoformat(f"{change['from']}-01")
    before, after = (
        receptions(_at(place, levels), replace(network, levels=network.levels | levels), seed)
        for levels in (change["before"], change["levels"])
    )
    return pl.concat([before.filter(pl.col("jour") < begins), after.filter(pl.col("jour") >= begins)])


def instead(
    ordinary: pl.DataFrame, apart: pl.DataFrame, of: pl.Expr, order: list[str], number: str = ""
) -> pl.DataFrame:
    """`ordinary` with the rows of `apart` in the place of those `of` the changed structure, sorted by `order`.

    `number`: the column by which a tool numbers its rows; those drawn apart come after all others, which keep theirs.
    """
    kept = ordinary.filter(~of)
    if number:
        following = pl.int_range(1, pl.len() + 1) + ordinary[number].max()
        apart = apart.with_columns(following.cast(ordinary.schema[number]).alias(number))
    return pl.concat([kept, apart.select(ordinary.columns)]).sort(order, maintain_order=True)


def _at(place: pl.DataFrame, levels: Mapping[str, float]) -> pl.DataFrame:
    return place.with_columns(pl.lit(level).alias(name) for name, level in levels.items() if name in place.columns)
