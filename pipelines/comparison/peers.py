"""Structures alike: by their network, the channels they offer, their opening and the commune they are in."""

from __future__ import annotations

import math
from collections.abc import Mapping

import polars as pl

from pipelines.comparison.compared import PERIMETER
from pipelines.rounding import percent, percent_down, percent_up
from pipelines.statistics.likeness import FEWEST, differing, gower, jaccard, nearest, scaled_gap
from pipelines.statistics.means import mean_of_structures

MEAN_OF_PEERS = ["pairs", "pairs_valeur", "pairs_basse", "pairs_haute"]


def peers(profiles: pl.DataFrame, populations: Mapping[str, int]) -> pl.DataFrame:
    """structure_id, pair_id [structure × structure alike], the nearest first.

    `profiles`: structure_id, reseau, commune_insee, canaux_proposes (a list of codes), sans_rendez_vous_demi_journees
    [structure]; `populations`: inhabitants by INSEE code. What a profile does not say is left out of the distance.
    """
    names = profiles["structure_id"].to_list()
    inhabitants = [_logarithm(populations.get(code or "")) for code in profiles["commune_insee"]]
    distances = gower(
        [
            differing(profiles["reseau"].to_list()),
            jaccard(profiles["canaux_proposes"].to_list()),
            scaled_gap(profiles["sans_rendez_vous_demi_journees"].cast(pl.Float64).fill_null(math.nan).to_numpy()),
            scaled_gap(inhabitants),
        ]
    )
    alike = [
        (name, names[each]) for name, others in zip(names, nearest(distances, names), strict=True) for each in others
    ]
    return pl.DataFrame(alike, schema={"structure_id": pl.String, "pair_id": pl.String}, orient="row")


def mean_of_peers(compared: pl.DataFrame, peers: pl.DataFrame) -> pl.DataFrame:
    """[PERIMETER × structure_id] of structures of `compared` with at least FEWEST peers beside them there: MEAN_OF_PEERS.

    The mean of their published whole percents, each counting the same, and its range between structures (methods 1.4).
    """
    theirs = compared.select(*PERIMETER, pair_id="structure_id", part=pl.col("valeur") / 100)
    means = (
        compared.select(*PERIMETER, "structure_id")
        .join(peers, on="structure_id")
        .join(theirs, on=[*PERIMETER, "pair_id"])
        .group_by(*PERIMETER, "structure_id")
        .agg(pl.len().cast(pl.Int32).alias("pairs"), moyenne=pl.col("part").mean(), ecart_type=pl.col("part").std())
        .filter(pl.col("pairs") >= FEWEST)
    )
    low, high = mean_of_structures(*(means[name].to_numpy() for name in ("moyenne", "ecart_type", "pairs")))
    shown = means.with_columns(pairs_basse=pl.Series(low), pairs_haute=pl.Series(high)).select(
        *PERIMETER,
        "structure_id",
        "pairs",
        pairs_valeur=percent(pl.col("moyenne").round(9)),
        pairs_basse=percent_down(pl.col("pairs_basse")),
        pairs_haute=percent_up(pl.col("pairs_haute")),
    )
    return shown.cast(dict.fromkeys(MEAN_OF_PEERS, pl.Int32))


def _logarithm(inhabitants: int | None) -> float:
    return math.log10(inhabitants) if inhabitants else math.nan
