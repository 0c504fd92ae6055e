"""What a figure that left tells of the number of persons behind it: its band, its whole percent, its rounded bounds.

The inverse of the rules of methods 1.5 and 7.6, written from them and not from the code that applies them: every (y, n) up to
`_MOST` is put through the rules once, and a figure is looked up.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from pipelines.attack.release_file import CELL, SHOWN, ReleaseFile

_MOST = 400
_Z = 1.959963984540054
_FLOORS = {"11-19": 11, "20-49": 20, "50-99": 50, "100+": 100}
_CEILINGS = {"11-19": 19.0, "20-49": 49.0, "50-99": 99.0, "100+": np.inf}
BANDS = tuple(_FLOORS)
"""The four bands of a base."""
_FRAGILE_BELOW = 30
_LOOKED_UP = ["assise", "etat", "valeur", "basse", "haute"]


def possible_sizes(release: ReleaseFile) -> pl.DataFrame:
    """base_id, mesure_id, groupe (''), CELL, bas, haut, n (the most): how many persons each shown cell of a measure may hold.

    Shares, distributions and quantiles, whose categories are of the same persons; not the means of structures.
    """
    measures = release.measures.filter(pl.col("genre").is_in(["part", "repartition", "quantiles"]))
    figures = release.values.filter(
        pl.col("etat").is_in(SHOWN), pl.col("agregation") != "moyenne_structures", pl.col("assise").is_not_null()
    ).join(measures.select("mesure_id", "base_id", "genre"), on="mesure_id")
    keyed = figures.with_columns(pl.col(_LOOKED_UP[2:]).cast(pl.Int64))
    told = keyed.join(_by_figure(), on=_LOOKED_UP, how="left", nulls_equal=True)
    exact = (pl.col("niveau") == "structure") & (pl.col("genre") != "quantiles")
    bounded = told.with_columns(
        bas=pl.max_horizontal(_floor(), pl.when(exact).then("n_min").otherwise(0)),
        haut=pl.min_horizontal(_ceiling(), pl.when(exact & (pl.col("assise") != "100+")).then("n_max")),
    )
    return (
        bounded.group_by("base_id", "mesure_id", *CELL)
        .agg(pl.max("bas"), pl.min("haut"), n=pl.max("bas"))
        .with_columns(groupe=pl.lit(""))
    )


def _floor() -> pl.Expr:
    return pl.col("assise").replace_strict(_FLOORS, default=0, return_dtype=pl.Int64)


def _ceiling() -> pl.Expr:
    highest = pl.col("assise").replace_strict(
        list(_CEILINGS), list(_CEILINGS.values()), default=np.inf, return_dtype=pl.Float64
    )
    return pl.when(pl.col("etat") == "prudence").then(pl.min_horizontal(highest, _FRAGILE_BELOW - 1)).otherwise(highest)


@cache
def _by_figure() -> pl.DataFrame:
    """n_min, n_max by assise, etat, valeur, basse, haute: the sizes that give one structure's share these looks."""
    sizes = pl.DataFrame({"n": np.arange(11, _MOST + 1)})
    pairs = sizes.with_columns(y=pl.int_ranges(0, pl.col("n") + 1)).explode("y")
    seen = pl.concat([_looks(pairs, opinion=False), _looks(pairs, opinion=True)])
    return seen.group_by(_LOOKED_UP).agg(n_min=pl.min("n"), n_max=pl.max("n"))


def _looks(pairs: pl.DataFrame, *, opinion: bool) -> pl.DataFrame:
    n, y = pairs["n"].to_numpy(), pairs["y"].to_numpy()
    low, high = _wilson(y, n)
    by = np.where(n >= 50, 1, 5)
    down = np.floor(np.round(100 * low, 9) / by) * by
    up = np.ceil(np.round(100 * high, 9) / by) * by
    few, most = opinion & (y < 3), opinion & (n - y < 3)
    limit = np.minimum(3 / n, 1)
    wide = (high - low > 0.40) & ~few & ~most
    value = np.floor(100 * y / n + 0.5)
    shown = pl.DataFrame(
        {
            "n": n,
            "valeur": np.where(few | most | wide, np.nan, value),
            "basse": np.where(few, 0, np.where(most, np.floor(np.round(100 * (1 - limit), 9) / 5) * 5, down)),
            "haute": np.where(few, np.ceil(np.round(100 * limit, 9) / 5) * 5, np.where(most, 100, up)),
        }
    )
    names = pl.Series("assise", list(_FLOORS))
    return shown.with_columns(
        pl.col("valeur").fill_nan(None).cast(pl.Int64),
        pl.col("basse", "haute").cast(pl.Int64),
        assise=names.gather(np.searchsorted(list(_FLOORS.values()), n, side="right") - 1),
        etat=pl.when(pl.col("n") < _FRAGILE_BELOW).then(pl.lit("prudence")).otherwise(pl.lit("ok")),
    )


def _wilson(count: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Wilson 1927."""
    rate, square = count / size, _Z * _Z / size
    centre = (rate + square / 2) / (1 + square)
    half = np.sqrt(rate * (1 - rate) * square + square * square / 4) / (1 + square)
    low, high = np.where(count == 0, 0.0, centre - half), np.where(count == size, 1.0, centre + half)
    return low.clip(0, 1), high.clip(0, 1)
