"""The structures of the region: real communes, invented places of reception, and the level each one keeps."""

from __future__ import annotations

from datetime import date
from statistics import NormalDist

import numpy as np
import polars as pl

from grids.territories import Commune, communes, merged_communes
from sample_data.definitions import DEFAULT_STRUCTURES, Network, networks, region
from sample_data.draws import Floats, around, ratio_around, stream
from sample_data.planted import levels_of

# Levels that are means over receptions, and levels that are means over people's answers.
RECORDED = ("flux", "analyse", "reformulee", "reponse_m1")
SAID = ("comprise", "suites")


def structures(seed: int, total: int = DEFAULT_STRUCTURES) -> pl.DataFrame:
    """Every structure of a region of `total` structures, one a row.

    Columns: `reseau`, the columns of the contract's table `structures` that change least (the others come with
    `sample_data.profiles`), then what only the generator knows: `volume` (receptions a month), `attente` (its factor on
    the network's median wait), `reponse` and a level for each of RECORDED and SAID.
    """
    every = networks(total)
    volumes = _volumes(seed, every)
    return pl.concat([_structures_of(network, volumes[network.code], seed) for network in every])


def _volumes(seed: int, every: tuple[Network, ...]) -> dict[str, Floats]:
    """Receptions a month in each structure, by network; networks without a spread of their own share the region's."""
    alike = [network for network in every if network.volume is None]
    ends = np.cumsum([network.structures for network in alike])
    shared = _spread(region()["volume"], int(ends[-1]), stream(seed, "volumes"))
    volumes = dict(zip((network.code for network in alike), np.split(shared, ends[:-1]), strict=True))
    for network in every:
        if network.volume is not None:
            own = stream(seed, network.code, "volumes")
            volumes[network.code] = _spread(network.volume, network.structures, own)
    return volumes


def _spread(spread: dict[str, float], count: int, rng: np.random.Generator) -> Floats:
    # Quantiles shuffled rather than free draws: the total is the same whatever the seed.
    normal = NormalDist(np.log(spread["median"]), spread["sigma"])
    volumes = np.exp([normal.inv_cdf((rank + 0.5) / count) for rank in range(count)])
    return rng.permutation(np.clip(volumes, spread["smallest"], spread["largest"]))


def _structures_of(network: Network, volumes: Floats, seed: int) -> pl.DataFrame:
    rng, levels = stream(seed, network.code, "structures"), levels_of(network)
    identifiers = [f"{network.prefix}-{rank:04d}" for rank in range(1, network.structures + 1)]
    codes = [
        region()["places"].get(identifier, drawn)
        for identifier, drawn in zip(identifiers, _places(rng, network.structures), strict=True)
    ]
    answering = around(rng, levels["reponse"], volumes)
    return pl.DataFrame(
        {
            "reseau": [network.code] * network.structures,
            "structure_id": identifiers,
            "nom": _names(network, [_commune(code) for code in codes]),
            "commune_insee": codes,
            "mode_collecte": [network.collection] * network.structures,
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


def _places(rng: np.random.Generator, count: int) -> list[str]:
    towns = [each for each in communes().values() if each.population >= region()["smallest_commune"]]
    weights = np.array([each.population for each in towns], dtype=float)
    return [towns[rank].insee for rank in rng.choice(len(towns), count, p=weights / weights.sum())]


def _commune(code: str) -> Commune:
    return communes()[merged_communes().get(code, code)]


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
