"""The structures of the region: real communes, invented places of reception, and the level each one keeps."""

from __future__ import annotations

from datetime import date
from statistics import NormalDist

import numpy as np
import polars as pl

from grids.territories import Commune, communes
from sample_data.definitions import Network, networks, region
from sample_data.draws import Floats, around, ratio_around, stream
from sample_data.planted import levels_of

# Levels that are means over receptions, and levels that are means over people's answers.
RECORDED = ("flux", "analyse", "reformulee", "reponse_m1")
SAID = ("comprise", "suites")


def structures(seed: int) -> pl.DataFrame:
    """Every structure of the region, one a row.

    Columns: `reseau`, those of the contract's table `structures`, then what only the generator knows: `volume`
    (receptions a month), `attente` (its factor on the network's median wait), `reponse` and a level for each of
    RECORDED and SAID.
    """
    volumes = iter(np.split(_volumes(seed), np.cumsum([network.structures for network in networks()])[:-1]))
    return pl.concat([_structures_of(network, next(volumes), seed) for network in networks()])


def _volumes(seed: int) -> Floats:
    # Quantiles shuffled rather than free draws: the region's total is the same whatever the seed.
    spread, count = region()["volume"], sum(network.structures for network in networks())
    normal = NormalDist(np.log(spread["median"]), spread["sigma"])
    volumes = np.exp([normal.inv_cdf((rank + 0.5) / count) for rank in range(count)])
    return stream(seed, "volumes").permutation(np.clip(volumes, spread["smallest"], spread["largest"]))


def _structures_of(network: Network, volumes: Floats, seed: int) -> pl.DataFrame:
    rng, levels = stream(seed, network.code, "structures"), levels_of(network)
    places = _places(rng, network.structures)
    answering = around(rng, levels["reponse"], volumes)
    identifiers = [f"{network.prefix}-{rank:04d}" for rank in range(1, network.structures + 1)]
    return pl.DataFrame(
        {
            "reseau": [network.code] * network.structures,
            "structure_id": identifiers,
            "nom": _names(network, places),
            "commune_insee": [place.insee for place in places],
            "mode_collecte": ["outil"] * network.structures,
            "partage_nominatif": np.where(rng.random(network.structures) < 0.6, "oui", "non"),
            "canaux_proposes": _channels(rng, network.structures),
            "actif_du": [_opening(rng, identifier) for identifier in identifiers],
            "actif_au": [_closing(identifier) for identifier in identifiers],
            "volume": volumes,
            "attente": ratio_around(rng, volumes, 0.15),
            "reponse": answering,
            **{name: around(rng, levels[name], volumes) for name in RECORDED},
            **{name: around(rng, levels[name], volumes * answering) for name in SAID},
        },
        schema_overrides={"actif_au": pl.Date},
    )


def _places(rng: np.random.Generator, count: int) -> list[Commune]:
    towns = [each for each in communes().values() if each.population >= region()["smallest_commune"]]
    weights = np.array([each.population for each in towns], dtype=float)
    return [towns[rank] for rank in rng.choice(len(towns), count, p=weights / weights.sum())]


def _names(network: Network, places: list[Commune]) -> list[str]:
    names: list[str] = []
    for rank, place in enumerate(places):
        earlier = places[:rank].count(place)
        names.append(f"{network.name} {_of(place.name)}" + (f" – antenne {earlier + 1}" if earlier else ""))
    return names


def _of(commune: str) -> str:
    # French joins "de" with the article of a name, and elides it before a vowel.
    name = commune.replace("'", "’")
    for article, joined in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return joined + name.removeprefix(article)
    return f"d’{name}" if name[0] in "AEÉÈIOUYHŒ" else f"de {name}"


def _channels(rng: np.random.Generator, count: int) -> list[str]:
    offered = {"presentiel": 1.0, "telephone": 1.0, "visioconference": 0.7, "tchat": 0.35, "courriel": 0.9}
    chosen = rng.random((count, len(offered))) < np.array(list(offered.values()))
    return ["|".join(code for code, kept in zip(offered, row, strict=True) if kept) for row in chosen]


def _opening(rng: np.random.Generator, identifier: str) -> date:
    usual = date(int(rng.integers(2001, 2022)), int(rng.choice([1, 9])), 1)
    planned = region()["openings"].get(identifier)
    return date.fromisoformat(planned) if planned else usual


def _closing(identifier: str) -> date | None:
    planned = region()["closings"].get(identifier)
    return date.fromisoformat(planned) if planned else None
