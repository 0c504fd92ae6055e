"""Diversity: how many categories weigh at least a share of the receptions, and how many are offered and weigh less."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from grids.thresholds import Thresholds
from pipelines.measurement.cells import CELL
from pipelines.measurement.context import MEAN, Context
from pipelines.measurement.showing import TOO_FEW, too_few_answers

_OFFERED = "proposes"
_TIE = 1e-9
"""A share is a quotient: what falls short of the smallest share by less than this weighs it."""


def diversities(rows: pl.DataFrame, contexts: Mapping[str, Context], thresholds: Thresholds) -> pl.DataFrame:
    """The number of categories used (categorie '') and of those offered and little used ('proposes'), without a range.

    `rows`: the counts of measures of this kind (see `by_aggregation`); with groupe '' the receptions by category, with groupe
    'proposes' the structures that offer each. A category weighs its share of the unit's receptions, or the mean of its shares
    in the structures. Methods 10: a description has no range.
    """
    used = _weighed(rows.filter(pl.col("groupe") == ""), contexts, thresholds)
    heads = used.group_by(CELL).agg(
        pl.first("n", "repondue", "structures", "structures_attendues", "fait"),
        pl.max("provenance"),
        nombre=pl.sum("pese"),
    )
    offered = _offered(rows.filter(pl.col("groupe") == _OFFERED), used, thresholds)
    unused = heads.drop("nombre").join(offered, on=CELL)
    return pl.concat(
        [
            _as_shown(heads.with_columns(categorie=pl.lit(""))),
            _as_shown(unused.with_columns(categorie=pl.lit(_OFFERED)).select(*heads.columns, "categorie")),
        ]
    )


def _weighed(rows: pl.DataFrame, contexts: Mapping[str, Context], thresholds: Thresholds) -> pl.DataFrame:
    """Categories and whether each weighs enough; means of too few structures are left out."""
    mean = pl.col("agregation") == MEAN
    enough = pl.col("structures") >= thresholds.structures_for_mean.value
    share = pl.when(mean).then("moyenne").otherwise(pl.col("y") / pl.col("n"))
    return rows.filter(~mean | pl.col("fait") | enough).with_columns(pese=share >= _smallest(contexts) - _TIE)


def _smallest(contexts: Mapping[str, Context]) -> pl.Expr:
    shares = {each.measure_id: each.measure.smallest_share for each in contexts.values() if each.measure.smallest_share}
    return pl.col("mesure_id").replace_strict(shares, default=None, return_dtype=pl.Float64)


def _offered(offers: pl.DataFrame, used: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """CELL and how many categories a structure of the unit offers that do not weigh enough.

    What is offered is a fact of organisation: told of a network or the region from three structures on.
    """
    told = (pl.col("niveau") == "structure") | (pl.col("n") >= thresholds.structures.value)
    weight = used.select(*CELL, "categorie", "pese")
    return (
        offers.filter(told)
        .select(*CELL, "categorie", "y")
        .join(weight, on=[*CELL, "categorie"], how="left")
        .group_by(CELL)
        .agg(nombre=((pl.col("y") > 0) & ~pl.col("pese").fill_null(False)).sum())
    )


def _as_shown(numbers: pl.DataFrame) -> pl.DataFrame:
    few = too_few_answers(pl.col("repondue"))
    return numbers.with_columns(
        valeur=pl.when(~few).then("nombre"),
        basse=pl.lit(None, pl.Int32),
        haute=pl.lit(None, pl.Int32),
        raison=pl.when(few).then(pl.lit(TOO_FEW)),
    )
