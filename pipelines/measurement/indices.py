"""Means of shares: an index over its items, what professionals know of each partner network. Every part is shown beside."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipelines.measurement.cells import CELL
from pipelines.measurement.context import Context
from pipelines.measurement.showing import TOO_FEW, TOO_WIDE, WIDEST
from pipelines.rounding import never_unanimous, percent, step


def means_of_parts(parts: pl.DataFrame, contexts: Mapping[str, Context]) -> pl.DataFrame:
    """The headline (categorie '') of each cell of `parts`, the shown shares of items or partners; columns as `stated` reads.

    The mean of the parts that have a figure, if they are two thirds of all (methods 3). It has no point beside a part that is
    told as a bound, or that part would be k times the mean minus the others.

    Its range goes from the mean of their lows to the mean of their highs, which holds however the parts go together: of k
    estimates, Var(mean) = Σᵢⱼ ρᵢⱼ σᵢ σⱼ / k² ≤ (Σ σᵢ / k)² since every ρᵢⱼ ≤ 1, so that the standard error of the mean is at
    most the mean of the standard errors, and its half-width at most the mean of their half-widths. It is the range that MOVER
    (Zou & Donner, Statistics in Medicine 2008;27:1693) gives when every correlation is 1. A fact has none.
    """
    figured = _enough(parts.filter(pl.col("raison").fill_null("") != TOO_FEW), contexts)
    unanswered = _enough(parts, contexts).join(figured, on=CELL, how="anti")
    none = pl.lit(None, pl.Float64)
    return pl.concat(
        [
            _as_shown(figured),
            unanswered.with_columns(valeur=none, basse=none, haute=none, raison=pl.lit(TOO_FEW)),
        ],
        how="diagonal",
    )


def _enough(parts: pl.DataFrame, contexts: Mapping[str, Context]) -> pl.DataFrame:
    """The means of the cells where `parts` holds two thirds of all."""
    means = parts.group_by(CELL).agg(
        pl.mean("estimation", "basse", "haute"),
        pl.min("n", "repondue", "structures", "structures_attendues"),
        pl.max("provenance"),
        pl.first("fait", "opinion"),
        presentes=pl.len(),
        borne=pl.any("borne"),
    )
    asked = pl.col("parties") - _own_network().cast(pl.Int64)
    return (
        means.join(_asked(contexts), on="mesure_id")
        .filter(3 * pl.col("presentes") >= 2 * asked)
        .with_columns(categorie=pl.lit(""))
    )


def _asked(contexts: Mapping[str, Context]) -> pl.DataFrame:
    """How many parts each measure has."""
    rows = [(each.measure_id, len(each.parts), not each.measure.items, list(each.parts)) for each in contexts.values()]
    schema = ["mesure_id", "parties", "partenaires", "codes"]
    return pl.DataFrame(rows, schema=schema, schema_overrides={"codes": pl.List(pl.String)}, orient="row")


def _own_network() -> pl.Expr:
    """Whether the unit is one of the partner networks, which is not asked about itself."""
    return pl.col("partenaires") & (pl.col("niveau") == "reseau") & pl.col("codes").list.contains(pl.col("unite_id"))


def _as_shown(means: pl.DataFrame) -> pl.DataFrame:
    """Bounds are means of whole percents, so that they tell nothing that the parts do not."""
    wide = (pl.col("haute") - pl.col("basse") > 100 * WIDEST).fill_null(False)
    by = step(pl.col("n"))
    return means.with_columns(
        valeur=pl.when(~wide & ~pl.col("borne")).then(
            never_unanimous(percent(pl.col("estimation")), pl.col("opinion"))
        ),
        basse=(pl.col("basse").round(9) / by).floor() * by,
        haute=(pl.col("haute").round(9) / by).ceil() * by,
        raison=pl.when(wide).then(pl.lit(TOO_WIDE)),
    )
