"""Structures beside each other (methods 4): each with what chance allows, with its stabilised value, and with those alike.

Everything is a function of visible cells alone, and nothing is ranked: rows are in the order of identifiers.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipelines.comparison.compared import PERIMETER, compared_structures
from pipelines.comparison.funnels import examined, funnels
from pipelines.comparison.peers import MEAN_OF_PEERS, mean_of_peers
from pipelines.comparison.perimeters import perimeters
from pipelines.comparison.stabilised import STABILISED, with_stabilised

_KEY = ["mesure_id", "structure_id", "pas", "debut"]


@dataclass(frozen=True)
class Comparisons:
    """comparaisons: rows of quality.comparaisons [measure × structure × period];
    entonnoirs: rows of quality.entonnoirs [measure × perimeter × period × band];
    cotes: mesure_id, perimetre, pas, debut, structure_id, a_examiner, hors_95 (see `examined`), which no release holds
    [measure × structure × period]."""

    comparaisons: pl.DataFrame
    entonnoirs: pl.DataFrame
    cotes: pl.DataFrame


def compare(
    counts: pl.DataFrame,
    values: pl.DataFrame,
    measures: pl.DataFrame,
    units: pl.DataFrame,
    peers: pl.DataFrame,
    periods: pl.DataFrame,
) -> Comparisons:
    """Compare the structures that are shown with a point, in each of `periods` (pas, debut).

    `counts`: y, n of shown cells (mesure_id, niveau, unite_id, pas, debut, groupe, categorie); `values`: rows of
    quality.valeurs; `measures`, `units`: those of the reference; `peers`: see `pipelines.comparison.peers.peers`.
    """
    compared = compared_structures(counts, values, measures, units, periods)
    common = perimeters(compared)
    beside = with_stabilised(examined(compared.join(common.drop("opinion"), on=PERIMETER)))
    comparisons = (
        beside.join(mean_of_peers(compared, peers), on=[*PERIMETER, "structure_id"], how="left")
        .select(*_KEY, "perimetre", "valeur", "assise", "a_examiner", *STABILISED, *MEAN_OF_PEERS)
        .sort(_KEY)
    )
    return Comparisons(
        comparaisons=comparisons,
        entonnoirs=funnels(compared, common),
        cotes=beside.select(*PERIMETER, "structure_id", "a_examiner", "hors_95"),
    )
