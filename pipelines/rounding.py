"""How numbers leave (methods 7.6): the nearest whole percent for a figure, outward for a bound, coarser where few answered."""

from __future__ import annotations

import math

import polars as pl

FINE_FROM = 50
"""Below this many, bounds are rounded outward to 5 points instead of 1."""
LEAST_IN_BAND = {"11-19": 11, "20-49": 20, "50-99": 50, "100+": 100}
"""What stands for a size, which never leaves: the fewest that its band may hold."""
COARSE_BANDS = ("11-19", "20-49")
"""The bands of fewer than FINE_FROM."""
SHOWN = ("ok", "prudence")
"""The states (etat) of a figure that leaves with what it says."""
_FLOAT_NOISE_DIGITS = 9


def percent(share: pl.Expr) -> pl.Expr:
    """The nearest whole percent of a share, halves upward."""
    return (100 * share + 0.5).floor()


def percent_down(share: pl.Expr, by: pl.Expr | int = 1) -> pl.Expr:
    """A lower bound in whole percents, rounded down to a multiple of `by`."""
    return ((100 * share).round(_FLOAT_NOISE_DIGITS) / by).floor() * by


def percent_up(share: pl.Expr, by: pl.Expr | int = 1) -> pl.Expr:
    """An upper bound in whole percents, rounded up to a multiple of `by`."""
    return ((100 * share).round(_FLOAT_NOISE_DIGITS) / by).ceil() * by


def never_unanimous(percents: pl.Expr, opinion: pl.Expr) -> pl.Expr:
    """Whole percents; those of an opinion never 0 nor 100, which would read as everybody's: the nearest that is neither."""
    return pl.when(opinion).then(percents.clip(1, 99)).otherwise(percents)


def step(size: pl.Expr) -> pl.Expr:
    """By how many points bounds are rounded, for a base of `size`."""
    return pl.when(size >= FINE_FROM).then(1).otherwise(5)


def step_of_band(band: pl.Expr) -> pl.Expr:
    """The same, for a base of which the band alone is told."""
    return pl.when(band.is_in(COARSE_BANDS)).then(5).otherwise(1)


def nearest(share: float) -> int:
    """`percent` of one number in [−1, 1]."""
    return math.floor(round(100 * share, _FLOAT_NOISE_DIGITS) + 0.5)


def downward(share: float, by: int = 1) -> int:
    """`percent_down` of one number in [−1, 1]."""
    return math.floor(round(100 * share, _FLOAT_NOISE_DIGITS) / by) * by


def upward(share: float, by: int = 1) -> int:
    """`percent_up` of one number in [−1, 1]."""
    return -downward(-share, by)
