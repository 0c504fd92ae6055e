"""How a figure may leave (methods 1.5 and 7.6): whole percents, bounds outward, bands instead of sizes, no unanimity.

Rules are written once, over columns: each takes expressions and gives one.
"""

from __future__ import annotations

import polars as pl

from pipelines.rounding import percent_down, percent_up

SOLID_FROM = 30
"""Below this many, a figure is shown as fragile ("prudence")."""
WIDEST = 0.40
"""A wider range is shown without its point."""
FEWEST_ANSWERING = 0.5
"""With a smaller share of records holding the item there is no figure."""
FEW = 3
"""An opinion held, or not held, by fewer persons than this is told as a bound."""
TOO_FEW, TOO_WIDE = "trop_de_non_reponses", "fourchette_trop_large"
"""Why a shown cell has no point."""

_BANDS = ((100, "100+"), (50, "50-99"), (20, "20-49"))
_SMALLEST_BAND = "11-19"
_CLASSES = ((0.90, "90-100"), (0.75, "75-89"), (0.50, "50-74"))
_LOWEST_CLASS = "0-49"


def band(size: pl.Expr) -> pl.Expr:
    """The band of solidity of a base."""
    return _named(size, _BANDS, _SMALLEST_BAND)


def response_class(answered: pl.Expr) -> pl.Expr:
    """The class of the share of records that hold the item."""
    return _named(answered, _CLASSES, _LOWEST_CLASS)


def state(size: pl.Expr) -> pl.Expr:
    """'prudence' for a small size, else 'ok'."""
    return pl.when(size < SOLID_FROM).then(pl.lit("prudence")).otherwise(pl.lit("ok"))


def too_few_answers(answered: pl.Expr) -> pl.Expr:
    """Whether too small a share of the records hold the item for any figure."""
    return answered < FEWEST_ANSWERING


def told_as_bound(count: pl.Expr, size: pl.Expr) -> pl.Expr:
    """Whether an opinion is held, or not held, by so few that it is told as a bound."""
    return (count < FEW) | (size - count < FEW)


def unanimity_bounds(count: pl.Expr, size: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The bounds that stand instead of an opinion held, or not held, by fewer than 3 persons, in whole percents."""
    limit = pl.min_horizontal(FEW / size, pl.lit(1.0))
    few = count < FEW
    low = pl.when(few).then(0).otherwise(percent_down(1 - limit, pl.lit(5)))
    high = pl.when(few).then(percent_up(limit, pl.lit(5))).otherwise(100)
    return low, high


def too_wide(low: pl.Expr, high: pl.Expr) -> pl.Expr:
    """Whether a range is so wide that it is shown without its point; never where there is no range."""
    return (high - low > WIDEST).fill_null(False)


def _named(value: pl.Expr, floors: tuple[tuple[float, str], ...], lowest: str) -> pl.Expr:
    named = pl.lit(lowest)
    for floor, name in reversed(floors):
        named = pl.when(value >= floor).then(pl.lit(name)).otherwise(named)
    return named
