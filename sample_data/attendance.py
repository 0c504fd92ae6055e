"""The attendance counts that a network makes by itself, apart from its records."""

from __future__ import annotations

import polars as pl

from sample_data.draws import stream
from sample_data.receptions import months, open_in


def attendance(structures: pl.DataFrame, receptions: pl.DataFrame, network: str, seed: int) -> pl.DataFrame:
    """Receptions counted by structure, month and channel offered, in the columns of the contract's `frequentation`.

    The tool also counts receptions that nobody described: up to 15 % more than there are records.
    """
    rng = stream(seed, network, "attendance")
    counted = _calendar(structures).join(_records(receptions), on=["unite_id", "debut", "canal"], how="left")
    counted = counted.with_columns(pl.col("accueils").fill_null(0)).sort("debut", "unite_id", "canal")
    excess = dict(zip(structures["structure_id"], rng.uniform(0.02, 0.14, len(structures)), strict=True))
    shares = counted["unite_id"].replace_strict(excess, return_dtype=pl.Float64).to_numpy()
    more = pl.Series(rng.binomial(counted["accueils"].to_numpy(), shares))
    return counted.select(
        pl.lit("structure").alias("niveau"), "unite_id", pl.lit("mois").alias("pas"), "debut", "canal",
        (pl.col("accueils") + more).alias("accueils"),
    )  # fmt: skip


def _calendar(structures: pl.DataFrame) -> pl.DataFrame:
    firsts = pl.Series(months().astype("datetime64[D]"))
    opened = structures.select(
        pl.col("structure_id").alias("unite_id"),
        pl.col("canaux_proposes").str.split("|").alias("canal"),
        pl.Series([firsts.filter(pl.Series(row)) for row in open_in(structures)]).alias("debut"),
    )
    return opened.explode("canal").explode("debut")


def _records(receptions: pl.DataFrame) -> pl.DataFrame:
    month = pl.col("jour").dt.truncate("1mo").alias("debut")
    grouped = receptions.group_by(pl.col("structure_id").alias("unite_id"), month, "canal")
    return grouped.agg(pl.len().cast(pl.Int64).alias("accueils"))
