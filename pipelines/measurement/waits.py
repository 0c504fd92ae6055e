"""Quantiles of what is counted in whole numbers (days, minutes), and the gap between those of two groups."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from grids.thresholds import Thresholds
from pipelines.measurement.cells import CELL, FIGURE
from pipelines.measurement.context import MEAN, POOLED, Context, quantile_name
from pipelines.measurement.showing import FEWEST_ANSWERING, TOO_FEW
from pipelines.statistics.differences import difference
from pipelines.statistics.quantiles import QuantileRange, of_all_receptions, of_one_unit, of_structures, quantile

SMALLEST = 20
"""No quantile is shown of fewer (methods 2)."""
Row = dict[str, Any]

_CONTEXT = {
    "n": pl.Int64, "repondue": pl.Float64, "structures": pl.Int64, "structures_attendues": pl.Int64,
    "fait": pl.Boolean,
}  # fmt: skip
_SHOWN = {
    **dict.fromkeys(FIGURE, pl.String), "debut": pl.Date, **_CONTEXT, "provenance": pl.String,
    "valeur": pl.Int32, "basse": pl.Int32, "haute": pl.Int32, "raison": pl.String,
}  # fmt: skip


def quantiles(rows: pl.DataFrame, contexts: Mapping[str, Context], thresholds: Thresholds) -> pl.DataFrame:
    """The quantiles of each cell (categories p50, p90), columns as `stated` reads.

    `rows`: counts of measures of this kind (see `by_aggregation`): categorie is a number of days, y how many waited at most
    that.
    """
    shown = (
        _shown(cell, quantile_name(wanted), None if _few(cell) else _range(cell, wanted))
        for cell in _cells(rows, thresholds)
        for wanted in contexts[cell["mesure_id"]].measure.quantiles
    )
    return pl.DataFrame(list(shown), schema=_SHOWN, orient="row")


def gaps(rows: pl.DataFrame, contexts: Mapping[str, Context], thresholds: Thresholds) -> pl.DataFrame:
    """The quantile of a group minus that of the others (categorie ''), and both ('groupe', 'contre'); as `stated` reads.

    `rows`: as for `quantiles`, with groupe 'groupe' and 'contre'. Where a group is too small to have a quantile, nothing.
    """
    pairs: dict[tuple[Any, ...], dict[str, Row]] = {}
    for cell in _cells(rows, thresholds):
        pairs.setdefault(tuple(cell[name] for name in CELL), {})[cell["groupe"]] = cell
    shown = (
        row
        for pair in pairs.values()
        if len(pair) == 2
        for row in _gap_rows(
            pair["groupe"], pair["contre"], contexts[pair["groupe"]["mesure_id"]].measure.quantile or 0.5
        )
    )
    return pl.DataFrame(list(shown), schema=_SHOWN, orient="row")


def _cells(rows: pl.DataFrame, thresholds: Thresholds) -> Iterator[Row]:
    """Each cell and group that is large enough, its days in order, as lists."""
    large = pl.col("fait") | (pl.col("n") >= SMALLEST)
    mean = (pl.col("agregation") == MEAN) & ~pl.col("fait")
    enough = ~mean | (pl.col("structures") >= thresholds.structures_for_mean.value)
    lists = ["categorie", "y", "moyenne", "ecart_type", "n_effectif"]
    ordered = rows.filter(large & enough).with_columns(pl.col("categorie").cast(pl.Int32)).sort("categorie")
    return (
        ordered.group_by(*CELL, "groupe", maintain_order=True)
        .agg(*lists, pl.first(*_CONTEXT), pl.max("provenance").cast(pl.String))
        .iter_rows(named=True)
    )


def _range(cell: Row, wanted: float) -> QuantileRange:
    """The quantile of a cell; a fact is a census, and has no range."""
    days, mean = cell["categorie"], cell["agregation"] == MEAN
    shares = cell["moyenne"] if mean else [y / cell["n"] for y in cell["y"]]
    if cell["fait"]:
        return QuantileRange(quantile(days, shares, wanted) or 0, None, None)
    if mean:
        return of_structures(days, shares, cell["ecart_type"], cell["structures"], wanted)
    if cell["agregation"] == POOLED:
        return of_all_receptions(days, shares, cell["n_effectif"], wanted)
    return of_one_unit(days, cell["y"], wanted)


def _gap_rows(group: Row, against: Row, wanted: float) -> Iterator[Row]:
    sides = {"groupe": group, "contre": against}
    ranges = {name: None if _few(cell) else _range(cell, wanted) for name, cell in sides.items()}
    for name, cell in sides.items():
        yield _shown(cell, name, ranges[name])
    weakest = {
        name: min(group[name], against[name]) for name in ("n", "repondue", "structures", "structures_attendues")
    }
    yield _shown(_least_sure(group, against) | weakest, "", _gap(ranges["groupe"], ranges["contre"]))


def _least_sure(group: Row, against: Row) -> Row:
    order = ["mesure", "identique", "proche"]
    return max(group, against, key=lambda cell: order.index(cell["provenance"]))


def _gap(group: QuantileRange | None, against: QuantileRange | None) -> QuantileRange | None:
    """In whole days, bounds outward."""
    if group is None or against is None:
        return None
    low, high = difference(group.value, (group.low, group.high), against.value, (against.low, against.high))
    return QuantileRange(
        group.value - against.value,
        None if low is None else math.floor(round(low, 9)),
        None if high is None else math.ceil(round(high, 9)),
    )


def _few(cell: Row) -> bool:
    return bool(cell["repondue"] < FEWEST_ANSWERING)


def _shown(cell: Row, category: str, range_: QuantileRange | None) -> Row:
    return {name: cell[name] for name in (*CELL, *_CONTEXT, "provenance")} | {
        "categorie": category,
        "valeur": range_ and range_.value,
        "basse": range_ and range_.low,
        "haute": range_ and range_.high,
        "raison": None if range_ else TOO_FEW,
    }
