"""Random draws, all from named streams: what one part draws never moves what another draws."""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def stream(seed: int, *names: str) -> np.random.Generator:
    """The generator of a named part of the region, the same for the same seed on every machine."""
    return np.random.default_rng([seed, crc32("/".join(names).encode())])


def seed_apart(seed: int, name: str) -> int:
    """The seed of what is drawn apart from its network, so that it moves nothing there."""
    return crc32(f"{seed}/{name}".encode())


def pick(rng: np.random.Generator, shares: Mapping[str, float], size: int) -> pl.Series:
    """`size` codes drawn by their shares."""
    return pick_by_row(rng, list(shares), np.tile(np.array(list(shares.values())), (size, 1)))


def pick_by_row(rng: np.random.Generator, codes: list[str], weights: Floats) -> pl.Series:
    """One code a row; `weights` has a row for each draw and a column for each code."""
    steps = np.cumsum(weights, axis=1)
    drawn = rng.random(len(weights)) * steps[:, -1]
    return pl.Series(np.array(codes, dtype=object)[(steps <= drawn[:, None]).sum(axis=1)].tolist(), dtype=pl.String)


def around(rng: np.random.Generator, mean: float, weights: Floats, concentration: float = 60) -> Floats:
    """A share for each structure, beta distributed, whose mean weighted by volume is `mean`."""
    drawn = rng.beta(mean * concentration, (1 - mean) * concentration, len(weights))
    # Recentred, since ten structures alone would let the network's own level wander from seed to seed.
    return np.clip(drawn + mean - np.average(drawn, weights=weights), 0.02, 0.98)


def ratio_around(rng: np.random.Generator, weights: Floats, sigma: float) -> Floats:
    """A factor for each structure, lognormal, whose geometric mean weighted by volume is 1."""
    drawn = rng.normal(0, sigma, len(weights))
    return np.asarray(np.exp(drawn - np.average(drawn, weights=weights)))
