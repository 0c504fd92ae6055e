"""What only some tools and the common sheet record of a reception, drawn apart from the rest."""

from __future__ import annotations

import numpy as np
import polars as pl

from sample_data.definitions import Network, read, region
from sample_data.draws import pick, stream

_BOXES = {"demarches_anterieures": 0.64, "freins_et_appuis": 0.47, "point_de_situation": 0.58}
_URGENT = ("echeance", "sociale", "autre")


def with_further_facts(receptions: pl.DataFrame, network: Network, seed: int) -> pl.DataFrame:
    """`receptions` (see `sample_data.receptions`) and what only some tools ask.

    More columns, as the contract's codes, null where not recorded or not asked: those of _BOXES (oui, non),
    `autonomie_distance`, `accueil_jour_meme`, `rendez_vous_organisme`, `synthese`, `delai_annonce_jours_ouvres`; and
    `duree`, in minutes.
    """
    rng, size, shares = stream(seed, network.code, "further facts"), len(receptions), region()
    analysed = pl.col("type_echange") == "analyse"
    deferred = pl.col("modalite") == "differe"
    drawn = {name: analysed & pl.lit(True) for name in _BOXES}
    values = {name: pl.Series(np.where(rng.random(size) < level, "oui", "non")) for name, level in _BOXES.items()}
    drawn |= {
        "autonomie_distance": deferred,
        "accueil_jour_meme": deferred & pl.col("urgence").is_in(_URGENT),
        "rendez_vous_organisme": pl.col("orientation") != "aucune",
        "synthese": analysed,
    }
    values |= {name: pick(rng, shares[name], size) for name in list(drawn)[len(_BOXES) :]}
    kept = {name: pl.Series(rng.random(size) >= network.missing) for name in drawn}
    duration = pl.Series(rng.integers(2, 13, size) * 5)
    return receptions.with_columns(
        *(pl.when(asked & kept[name]).then(values[name]).alias(name) for name, asked in drawn.items()),
        duration.alias("duree"),
        _announced(receptions, network, seed).alias("delai_annonce_jours_ouvres"),
    )


def _announced(receptions: pl.DataFrame, network: Network, seed: int) -> pl.Series:
    """The delay that people were told of when they asked, in working days: the network's habit, give or take."""
    rng, size = stream(seed, network.code, "announced delays"), len(receptions)
    habits = read("profiles.yaml")["ordinary"] | read("profiles.yaml").get(network.code, {})
    days = pl.Series(np.maximum(habits["delai_rdv"] + rng.integers(-2, 4, size), 1))
    told = pl.Series(rng.random(size) < habits["delais_annonces"]) & receptions["attente_jours_ouvres"].is_not_null()
    return pl.select(pl.when(told).then(days)).to_series()
