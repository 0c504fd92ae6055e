"""What persons say, were they asked by each channel as often as the public comes by it (quality.redressements)."""

from __future__ import annotations

from typing import Any

import polars as pl

from pipelines.lines import headline_category
from pipelines.rounding import FINE_FROM, SHOWN, downward, nearest, upward
from pipelines.statistics.stratification import WeightedShare, weighted_share
from pipelines.synthesis.headlines import POOLED, headlines

REDRESSEMENTS = {
    "mesure_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date,
    "brute": pl.Int32, "redressee": pl.Int32, "basse": pl.Int32, "haute": pl.Int32,
}  # fmt: skip
"""Columns of quality.redressements."""
TOO_WIDE = "fourchette_trop_large"
WIDEST = 0.40
"""With a wider range there is no point (methods 1.5), hence no row."""

_UNIT = ["mesure_id", "niveau", "unite_id", "debut"]


def weighted(
    values: pl.DataFrame,
    broken_down: pl.DataFrame,
    counts: pl.DataFrame,
    measures: pl.DataFrame,
    by_channel: pl.DataFrame,
    mix: pl.DataFrame,
) -> pl.DataFrame:
    """The shares of persons' answers under the region's mix of channels of the year: REDRESSEMENTS.

    Networks and the region, by year; `brute` is the published share of answers. No row where that share has no point, where
    weighting would mislead (see `weighted_share`), where a channel is hidden or told as a bound (it would be found again
    from the sum), where the range is too wide. Methods 3.

    `values`, `broken_down`, `measures`: quality.valeurs, quality.ventilations, reference.mesures. `counts`: visible cells, for
    what resemblance within structures costs. `by_channel`: mesure_id, niveau, unite_id, debut, canal, y, n of visible cells,
    headline category. `mix`: debut, canal, part > 0 of the region's receptions of the year, which add up to 1.
    """
    opinions = measures.filter(
        pl.col("genre").is_in(["part", "repartition"]), base_table="reponses", nature="percue", unite="%"
    ).select("mesure_id", "genre")
    raw = headlines(
        values.filter(pl.col("niveau").is_in(["reseau", "region"]), pas="annee", agregation=POOLED), opinions
    )
    strata = _strata(raw, broken_down, by_channel, mix).join(_design_effects(counts, opinions), on=_UNIT, how="left")
    cells = strata.group_by(*_UNIT, "brute", maintain_order=True).agg("y", "n", "part", pl.first("effet"))
    rows = [row for cell in cells.iter_rows(named=True) if (row := _row(cell))]
    return pl.DataFrame(rows, schema=REDRESSEMENTS, orient="row").sort("mesure_id", "niveau", "unite_id", "debut")


def _strata(raw: pl.DataFrame, broken_down: pl.DataFrame, by_channel: pl.DataFrame, mix: pl.DataFrame) -> pl.DataFrame:
    """_UNIT, brute, canal, part, y, n: each channel of the mix; no answer from those that may not be told."""
    told = (
        broken_down.filter(pl.col("etat").is_in(SHOWN), ventilation="canal", agregation=POOLED)
        .filter(pl.col("valeur").is_not_null() | (pl.col("raison") == TOO_WIDE))
        .select(*_UNIT, "categorie", canal="modalite")
    )
    return (
        raw.select(*_UNIT, "categorie", brute="valeur")
        .join(mix, on="debut")
        .join(told.with_columns(dite=True), on=[*_UNIT, "categorie", "canal"], how="left")
        .join(by_channel, on=[*_UNIT, "canal"], how="left")
        .with_columns(pl.when("dite").then(name).fill_null(0).alias(name) for name in ("y", "n"))
        .sort("canal")
    )


def _design_effects(counts: pl.DataFrame, opinions: pl.DataFrame) -> pl.DataFrame:
    """_UNIT, effet: n over its effective size, at least 1."""
    cells = opinions.select("mesure_id", categorie=headline_category()).join(
        counts.filter(pas="annee", groupe=""), on=["mesure_id", "categorie"]
    )
    return cells.select(*_UNIT, effet=(pl.col("n") / pl.col("n_effectif")).clip(lower_bound=1))


def _row(cell: dict[str, Any]) -> tuple[object, ...] | None:
    found = weighted_share(cell["y"], cell["n"], cell["part"], design_effect=cell["effet"] or 1.0)
    if found is None or found.high - found.low > WIDEST:
        return None
    return *(cell[name] for name in _UNIT[:3]), "annee", cell["debut"], cell["brute"], *_shown(found, sum(cell["n"]))


def _shown(found: WeightedShare, answers: int) -> tuple[int, int, int]:
    """The share and its bounds in whole percents; an opinion is never 0 nor 100, which would read as everybody's."""
    step = 1 if answers >= FINE_FROM else 5
    share = min(max(nearest(found.share), 1), 99)
    return share, min(downward(found.low, step), share), max(upward(found.high, step), share)
