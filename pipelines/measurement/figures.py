"""Every figure of a release, from visible cells: one row a measure, unit, period, category and aggregation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from grids.model import Grid
from grids.thresholds import Thresholds
from pipelines.measurement.cells import (
    BROKEN_DOWN,
    CELL,
    FIGURE,
    MODALITY,
    VALUES,
    by_aggregation,
    cube,
    stated,
)
from pipelines.measurement.context import Context, contexts_of
from pipelines.measurement.diversity import diversities
from pipelines.measurement.gains import gains
from pipelines.measurement.indices import means_of_parts
from pipelines.measurement.shares import distributions, shown_shares
from pipelines.measurement.waits import gaps, quantiles

__all__ = ["BROKEN_DOWN", "VALUES", "Figures", "figures"]


class Figures(NamedTuple):
    """The rows of quality.valeurs (VALUES) and of quality.ventilations (BROKEN_DOWN)."""

    whole: pl.DataFrame
    broken_down: pl.DataFrame


def figures(counts: pl.DataFrame, hidden: pl.DataFrame, grids: Sequence[Grid], thresholds: Thresholds) -> Figures:
    """The figures of a release, from visible counts and hidden keys (see protection.visible).

    `grids`: every version that was counted. A figure of a visible cell that cannot be stated (nobody recorded it, too few
    structures for a mean) is a row that says 'masque', as if it were hidden.
    """
    contexts = contexts_of(grids, thresholds)
    everything = cube(contexts, counts, hidden)
    shown = _shown(contexts, by_aggregation(contexts, counts), thresholds)
    stated_or_hidden = (
        everything.rename({"etat": "cache"})
        .join(shown, on=FIGURE, how="left")
        .with_columns(etat=pl.coalesce("cache", "etat", pl.lit("masque")))
        .select(*BROKEN_DOWN)
        .sort(*CELL[:-1], "categorie", "agregation")
    )
    all_rows = pl.col("ventilation") == ""
    return Figures(stated_or_hidden.filter(all_rows).drop(MODALITY), stated_or_hidden.filter(~all_rows))


def _shown(contexts: Mapping[str, Context], rows: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """Every figure that may be stated, kind by kind."""

    def of(*kinds: str) -> pl.DataFrame:
        return rows.filter(pl.col("genre").is_in(kinds))

    whole = of("part", "rapport_de_sommes", "repartition").filter(pl.col("groupe") == "")
    parts = _parts(of("part", "indice"), thresholds)
    before_after = of("gain").filter(pl.col("categorie").is_in(["avant", "apres"]))
    sides = shown_shares(before_after, thresholds)
    by_kind = [
        distributions(shown_shares(whole, thresholds), contexts),
        parts,
        means_of_parts(parts, contexts),
        sides,
        gains(of("gain"), sides, thresholds),
        diversities(of("diversite"), contexts, thresholds),
        quantiles(of("quantiles"), contexts, thresholds),
        gaps(of("ecart"), contexts, thresholds),
    ]
    return pl.concat([stated(each) for each in by_kind])


def _parts(rows: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """The shares of items and partners, which are their groups, as categories."""
    grouped = rows.filter(pl.col("groupe") != "").with_columns(categorie=pl.col("groupe"))
    return shown_shares(grouped, thresholds)
