"""Shares and how they leave: parts, ratios of sums, distributions, and the shares that other kinds are made of."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from grids.thresholds import Thresholds
from pipelines.measurement.cells import CELL, FIGURE
from pipelines.measurement.context import MEAN, Context
from pipelines.measurement.showing import TOO_FEW, TOO_WIDE, told_as_bound, too_few_answers, too_wide, unanimity_bounds
from pipelines.rounding import never_unanimous, percent, percent_down, percent_up, step
from pipelines.statistics.means import mean_of_structures
from pipelines.statistics.proportions import wilson


def shown_shares(rows: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """The shares of `rows` (see `by_aggregation`) as they may leave; those that no figure can state are left out.

    Adds estimation, bas, haut (in [0, 1], bounds null for a fact), valeur, basse, haute (whole percents), raison, and borne:
    whether an opinion held by nearly all or nearly none is told as a bound.
    """
    return _as_shown(estimated(rows, thresholds))


def estimated(rows: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """Each share with its range: `rows` and estimation, bas, haut in [0, 1].

    One structure, or all receptions alike: y / n, Wilson's range at the effective size. A mean of structures: Student's t
    between them, from the number of structures for a mean on. A fact of organisation is a census: each structure that says
    it counts once, from the three that the mask asks for on, and nothing was left to chance, so that there is no range.
    """
    mean = pl.col("agregation") == MEAN
    enough = pl.col("structures") >= thresholds.structures_for_mean.value
    facts = rows.filter("fait").with_columns(
        estimation=pl.when(mean).then("moyenne").otherwise(pl.col("y") / pl.col("n")),
        bas=pl.lit(None, pl.Float64),
        haut=pl.lit(None, pl.Float64),
    )
    return pl.concat(
        [
            facts,
            _means(rows.filter(~pl.col("fait") & mean & enough)),
            _pooled(rows.filter(~pl.col("fait") & ~mean)),
        ]
    )


def distributions(shown: pl.DataFrame, contexts: Mapping[str, Context]) -> pl.DataFrame:
    """Shown shares, where no part of a distribution of opinions can be told from the others.

    A part told as a bound beside the exact others would be 100 minus them: the smallest other part, on the same side if
    there is one, keeps its range alone. Across sides the favourable sum would give both back: it then keeps its range alone
    too.
    """
    parts = shown.filter(pl.col("opinion") & (pl.col("genre") == "repartition")).join(
        _sides(contexts), on=["mesure_id", "categorie"]
    )
    pointed, told = pl.col("valeur").is_not_null(), pl.col("borne")
    alone = (told.sum().over(CELL) == 1) & ((~pointed).sum().over(CELL) == 1)
    same_side = pl.col("favorable") == (pl.col("favorable") & told).any().over(CELL)
    candidates = (
        parts.with_columns(meme_cote=same_side)
        .filter(alone & pointed)
        .filter(pl.col("meme_cote") | ~pl.col("meme_cote").any().over(CELL))
    )
    blurred = candidates.sort("valeur", "ordre").unique(CELL, keep="first", maintain_order=True)
    sums = blurred.filter(~pl.col("meme_cote")).with_columns(categorie=pl.lit("favorable"))
    lost = pl.concat([blurred, sums]).select(*FIGURE, perdue=pl.lit(True))
    return shown.join(lost, on=FIGURE, how="left").with_columns(
        valeur=pl.when(pl.col("perdue").is_null()).then("valeur")
    )


def _sides(contexts: Mapping[str, Context]) -> pl.DataFrame:
    """mesure_id, categorie, favorable, ordre of the parts of distributions."""
    rows = [
        (each.measure_id, code, code in each.measure.favorable, order)
        for each in contexts.values()
        for order, code in enumerate(each.measure.categories)
    ]
    schema = {"mesure_id": pl.String, "categorie": pl.String, "favorable": pl.Boolean, "ordre": pl.Int32}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _means(rows: pl.DataFrame) -> pl.DataFrame:
    low, high = mean_of_structures(*(rows[name].to_numpy() for name in ("moyenne", "ecart_type", "structures")))
    return rows.with_columns(estimation=pl.col("moyenne"), bas=pl.Series(low), haut=pl.Series(high))


def _pooled(rows: pl.DataFrame) -> pl.DataFrame:
    rate, size = (rows["y"] / rows["n"]).to_numpy(), rows["n_effectif"].to_numpy()
    low, high = wilson(rate * size, size)
    return rows.with_columns(estimation=pl.Series(rate), bas=pl.Series(low), haut=pl.Series(high))


def _as_shown(rows: pl.DataFrame) -> pl.DataFrame:
    few = too_few_answers(pl.col("repondue"))
    bound = pl.col("opinion") & told_as_bound(pl.col("y"), pl.col("n")) & ~few
    wide = too_wide(pl.col("bas"), pl.col("haut")) & ~few & ~bound
    low, high = unanimity_bounds(pl.col("y"), pl.col("n"))
    by = step(pl.col("n"))
    # What keeps an opinion's point off 0 and 100 keeps it within its range.
    least, most = pl.when("opinion").then(by).otherwise(0), pl.when("opinion").then(100 - by).otherwise(100)
    return rows.with_columns(
        valeur=pl.when(~few & ~bound & ~wide).then(never_unanimous(percent(pl.col("estimation")), pl.col("opinion"))),
        basse=pl.when(bound).then(low).when(~few).then(percent_down(pl.col("bas"), by).clip(upper_bound=most)),
        haute=pl.when(bound).then(high).when(~few).then(percent_up(pl.col("haut"), by).clip(lower_bound=least)),
        raison=pl.when(few).then(pl.lit(TOO_FEW)).when(wide).then(pl.lit(TOO_WIDE)),
        borne=bound,
    )
