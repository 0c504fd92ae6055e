"""Funnels without sizes: limits by band, and the structures that lie beyond the outer ones, told by their exact counts."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.comparison.compared import PERIMETER
from pipelines.rounding import LEAST_IN_BAND, never_unanimous, percent, percent_down, percent_up
from pipelines.statistics.dispersion import widened_limits, widened_position
from pipelines.statistics.funnel import ABOVE, BELOW, TAIL_95, TAIL_998, Limits, exact_limits, exact_position

_WORDS = {BELOW: "au_dessous", ABOVE: "au_dessus"}
FUNNEL = ["reference", "bas95", "haut95", "bas998", "haut998", "surdispersion", "structures"]


def examined(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` (y, n, reference, tau_carre) with a_examiner and hors_95: 'au_dessous', 'au_dessus', or null within the 99.8 %
    limits, and within the 95 % ones.

    Beyond the exact limit and, where structures differ by more than chance as a whole, beyond the widened one too.
    """
    return rows.with_columns(a_examiner=_side(rows, TAIL_998), hors_95=_side(rows, TAIL_95))


def _side(rows: pl.DataFrame, tail: float) -> pl.Series:
    count, size, reference, tau = (rows[name].to_numpy() for name in ("y", "n", "reference", "tau_carre"))
    exact, widened = exact_position(count, size, reference, tail), widened_position(count, size, reference, tau, tail)
    position = np.where((tau == 0) | (exact == widened), exact, 0)
    return pl.Series(position).replace_strict(_WORDS, default=None, return_dtype=pl.String)


def funnels(compared: pl.DataFrame, perimeters: pl.DataFrame) -> pl.DataFrame:
    """[PERIMETER × assise], for the bands that occur: the columns of quality.entonnoirs.

    Limits outward to whole percents; where structures differ by more than chance, the outer of the exact and the widened.
    """
    rows = compared.select(*PERIMETER, "assise").unique().join(perimeters, on=PERIMETER)
    # The widest limits of the band.
    size = rows["assise"].replace_strict(LEAST_IN_BAND, return_dtype=pl.Int32).to_numpy()
    limits = _limits(size, rows["reference"].to_numpy(), rows["tau_carre"].to_numpy())
    opinion = pl.col("opinion")
    return (
        rows.with_columns(
            bas95=pl.Series(limits.low_95), haut95=pl.Series(limits.high_95),
            bas998=pl.Series(limits.low_998), haut998=pl.Series(limits.high_998),
            surdispersion=pl.col("tau_carre") > 0,
        )
        .with_columns(
            never_unanimous(percent(pl.col("reference")), opinion).alias("reference"),
            *(never_unanimous(percent_down(pl.col(name)), opinion).alias(name) for name in ("bas95", "bas998")),
            *(never_unanimous(percent_up(pl.col(name)), opinion).alias(name) for name in ("haut95", "haut998")),
        )
        .select(*PERIMETER, "assise", *FUNNEL)
        .cast(dict.fromkeys(("reference", "bas95", "haut95", "bas998", "haut998"), pl.Int32))
        .sort(*PERIMETER, "assise")
    )  # fmt: skip


def _limits(size: np.ndarray, reference: np.ndarray, tau_squared: np.ndarray) -> Limits:
    """The exact limits; widened where `tau_squared` is not 0, and never narrower than chance alone has them."""
    widened = widened_limits(size, reference, tau_squared)
    return exact_limits(size, reference).outer(widened, where=tau_squared > 0)
