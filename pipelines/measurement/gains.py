"""Gains: how much a share moved between two answers of the same persons, in points."""

from __future__ import annotations

import polars as pl

from grids.thresholds import Thresholds
from pipelines.measurement.cells import CELL
from pipelines.measurement.context import MEAN
from pipelines.measurement.showing import TOO_FEW, TOO_WIDE, too_few_answers, too_wide
from pipelines.rounding import percent, percent_down, percent_up, step
from pipelines.statistics.means import half_width_of_structures
from pipelines.statistics.pairs_of_answers import paired_difference

_COUNTED = ("avant", "apres", "gagnes", "perdus")


def gains(rows: pl.DataFrame, sides: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """The headline (categorie '') of each cell, in whole points; columns as `stated` reads.

    `rows`: the counts of measures of this kind, categories avant, apres, gagnes, perdus of the same n persons (see
    `by_aggregation`). `sides`: the shares before and after as shown; beside one told as a bound the gain keeps its range
    alone, or it would be given back by the other.
    """
    cells = _estimated(_wide(rows), thresholds)
    told = sides.group_by(CELL).agg(pl.any("borne"))
    few = too_few_answers(pl.col("repondue"))
    wide = too_wide(pl.col("bas"), pl.col("haut")) & ~few
    by = step(pl.col("n"))
    return cells.join(told, on=CELL).with_columns(
        categorie=pl.lit(""),
        valeur=pl.when(~few & ~wide & ~pl.col("borne")).then(percent(pl.col("estimation"))),
        basse=pl.when(~few).then(percent_down(pl.col("bas"), by)),
        haute=pl.when(~few).then(percent_up(pl.col("haut"), by)),
        raison=pl.when(few).then(pl.lit(TOO_FEW)).when(wide).then(pl.lit(TOO_WIDE)),
    )


def _wide(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a cell: what is counted in each category, side by side."""

    def of(column: str) -> list[pl.Expr]:
        return [
            pl.col(column).filter(pl.col("categorie") == name).first().alias(f"{column}_{name}") for name in _COUNTED
        ]

    return rows.group_by(CELL).agg(
        *(each for column in ("y", "moyenne", "ecart_type", "n_effectif") for each in of(column)),
        pl.first("n", "repondue", "structures", "structures_attendues", "fait"),
        pl.max("provenance"),
    )


def _estimated(cells: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """estimation, bas, haut in [−1, 1]; a fact has no range."""
    mean = pl.col("agregation") == MEAN
    enough = pl.col("structures") >= thresholds.structures_for_mean.value
    facts = cells.filter("fait").with_columns(
        estimation=pl.when(mean).then(pl.col("moyenne_apres") - pl.col("moyenne_avant")).otherwise(_moved()),
        bas=pl.lit(None, pl.Float64),
        haut=pl.lit(None, pl.Float64),
    )
    return pl.concat(
        [facts, _means(cells.filter(~pl.col("fait") & mean & enough)), _pooled(cells.filter(~pl.col("fait") & ~mean))]
    )


def _moved() -> pl.Expr:
    return (pl.col("y_gagnes") - pl.col("y_perdus")) / pl.col("n")


def _pooled(cells: pl.DataFrame) -> pl.DataFrame:
    """Bonett–Price, at the smaller of the effective sizes of those who gained and of those who lost."""
    size = cells.select(pl.min_horizontal("n_effectif_gagnes", "n_effectif_perdus")).to_series()
    gained, lost = ((cells[f"y_{name}"] / cells["n"] * size).to_numpy() for name in ("gagnes", "perdus"))
    low, high = paired_difference(gained, lost, size.to_numpy())
    return cells.with_columns(estimation=_moved(), bas=pl.Series(low), haut=pl.Series(high))


def _means(cells: pl.DataFrame) -> pl.DataFrame:
    """The mean of the structures' gains, Student's t between them.

    Their standard deviation is at most sd(gained) + sd(lost), and at most sd(before) + sd(after), whatever the correlation
    (Minkowski): the smaller of the two stands for it, so that the range is never too narrow.
    """
    deviation = cells.select(
        pl.min_horizontal(
            pl.col("ecart_type_gagnes") + pl.col("ecart_type_perdus"),
            pl.col("ecart_type_avant") + pl.col("ecart_type_apres"),
        )
    ).to_series()
    half = pl.Series(half_width_of_structures(deviation.to_numpy(), cells["structures"].to_numpy()))
    moved = cells["moyenne_apres"] - cells["moyenne_avant"]
    return cells.with_columns(estimation=moved, bas=(moved - half).clip(-1, 1), haut=(moved + half).clip(-1, 1))
