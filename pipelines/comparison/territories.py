"""Zones d'emploi: the mean of what is shown of their structures, where no head of network could undo it (methods 7.1)."""

from __future__ import annotations

import polars as pl

from pipelines.rounding import SHOWN, percent, percent_down, percent_up
from pipelines.statistics.means import mean_of_structures

FEWEST_STRUCTURES, FEWEST_NETWORKS = 5, 2
FEWEST_WITHOUT_ANY_NETWORK = 2
"""A head of network may know the values of its own: taken away from the mean, they must not leave one structure alone."""
_HEADLINES = {"part": "", "repartition": "favorable"}
_KEY = ["mesure_id", "zone_emploi", "pas", "debut", "categorie"]
_BEHIND = {
    "reseaux": pl.col("reseau").n_unique(),
    "du_plus_present": pl.col("reseau").value_counts().struct.field("count").max(),
}
"""How many networks are behind a mean, and how many structures of the one that has most of them."""
_PERCENTS = ["valeur", "basse", "haute"]


def territories(values: pl.DataFrame, measures: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Rows of quality.territoires [measure × zone d'emploi × year], from shown values of structures alone.

    `values`, `measures`, `units`: those of the release. Only shares that the grid lets all structures compare. Each structure
    counts the same, by its whole percent; the range is that of a mean of structures (methods 1.4).
    """
    means = (
        _structures_of_zones(values, measures, units)
        .group_by(_KEY)
        .agg(structures=pl.len(), moyenne=pl.col("part").mean(), ecart_type=pl.col("part").std(), **_BEHIND)
        .filter(
            pl.col("structures") >= FEWEST_STRUCTURES,
            pl.col("reseaux") >= FEWEST_NETWORKS,
            pl.col("structures") - pl.col("du_plus_present") >= FEWEST_WITHOUT_ANY_NETWORK,
        )
    )
    low, high = mean_of_structures(*(means[name].to_numpy() for name in ("moyenne", "ecart_type", "structures")))
    return (
        means.with_columns(basse=pl.Series(low, dtype=pl.Float64), haute=pl.Series(high, dtype=pl.Float64))
        .select(
            *_KEY,
            valeur=percent(pl.col("moyenne").round(9)),
            basse=percent_down(pl.col("basse")),
            haute=percent_up(pl.col("haute")),
            structures="structures",
        )
        .cast(dict.fromkeys([*_PERCENTS, "structures"], pl.Int32))
        .sort(_KEY)
    )


def still_founded(rows: pl.DataFrame, today: pl.DataFrame) -> pl.DataFrame:
    """The rows, copied or not, that the places of structures as told `today` still allow.

    A mean stays as it was published when a structure moves to another zone, unless what is left behind it is too few.
    """
    return rows.join(today, on=_KEY, how="semi", maintain_order="left")


def _structures_of_zones(values: pl.DataFrame, measures: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The columns of _KEY, reseau, part (in [0, 1]) [measure × structure × year]: what enters means of zones."""
    # A fact of organisation is all or nothing: a mean of few of them would say what each one has.
    kept = measures.filter(
        pl.col("comparaison") == "tous", ~pl.col("fait_d_organisation"), pl.col("genre").is_in(list(_HEADLINES))
    ).select("mesure_id", categorie=pl.col("genre").replace_strict(_HEADLINES, return_dtype=pl.String))
    shown = values.filter(
        pl.col("valeur").is_not_null(), pl.col("etat").is_in(SHOWN), niveau="structure", pas="annee"
    ).join(kept, on=["mesure_id", "categorie"])
    places = units.filter(pl.col("zone_emploi").is_not_null(), niveau="structure")
    return shown.join(places.select("unite_id", "reseau", "zone_emploi"), on="unite_id").select(
        *_KEY, "reseau", part=pl.col("valeur") / 100
    )
