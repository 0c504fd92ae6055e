"""Which structures are alike, by what they are and offer: never by how many they receive, nor by whom.

The distance is the mean of one distance for each fact, each in [0, 1] and each weighing the same; a fact that one of the two
does not say is left out of both. Gower, Biometrics 1971;27:857. Distances are square matrices, in the order of structures.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.statistics.funnel import Numbers

FEWEST, MOST = 8, 15
"""How many others are taken: this many, and those that are as near as the last of them, up to the most."""
_DECIMALS = 9
"""Distances that differ by less are the same."""


def differing(codes: Sequence[str | None]) -> Numbers:
    """1 between two codes that differ, 0 between equal ones, nan where one is unknown."""
    known = np.array([code is not None for code in codes], dtype=bool)
    named = np.array([code or "" for code in codes], dtype=str)
    return _where_known(known, (named[:, None] != named[None, :]).astype(float))


def jaccard(offers: Sequence[Collection[str] | None]) -> Numbers:
    """1 − what two offers share / what they hold together (Jaccard 1901); 0 between empty ones, nan where one is unknown."""
    everything = sorted({each for offer in offers for each in offer or ()})
    holds = np.array([[each in (offer or ()) for each in everything] for offer in offers], dtype=float)
    holds = holds.reshape(len(offers), len(everything))
    shared = holds @ holds.T
    sizes = holds.sum(axis=1)
    together = sizes[:, None] + sizes[None, :] - shared
    share = np.divide(shared, together, out=np.ones_like(shared), where=together > 0)
    return _where_known(np.array([offer is not None for offer in offers], dtype=bool), 1 - share)


def scaled_gap(amounts: ArrayLike) -> Numbers:
    """|x − y| / the range of all known amounts; 0 where all are equal, nan where one of the two is unknown (nan)."""
    values = np.asarray(amounts, float)
    known = values[~np.isnan(values)]
    span = np.ptp(known) if known.size else 0.0
    return np.abs(values[:, None] - values[None, :]) / (span or 1.0)


def gower(facts: Sequence[Numbers]) -> Numbers:
    """The mean of the distances that are known, in [0, 1]; nan between two structures that no fact compares."""
    stacked = np.stack(facts)
    known = (~np.isnan(stacked)).sum(axis=0)
    total = np.nansum(stacked, axis=0)
    return np.divide(total, known, out=np.full_like(total, np.nan), where=known > 0)


def nearest(distances: Numbers, names: Sequence[str]) -> list[list[int]]:
    """For each structure, the positions of the MOST that are nearest, nearest first; none if fewer than FEWEST can be compared.

    Among equals in the order of `names`. More than FEWEST, since some of them show no figure in a period.
    """
    rounded = np.round(distances, _DECIMALS)
    by_name = np.argsort(np.array(names, dtype=str), kind="stable")
    return [_nearest_of(own, row, by_name) for own, row in enumerate(rounded)]


def _nearest_of(own: int, distances: Numbers, by_name: NDArray[np.intp]) -> list[int]:
    others = by_name[(by_name != own) & ~np.isnan(distances[by_name])]
    ordered = others[np.argsort(distances[others], kind="stable")]
    if ordered.size < FEWEST:
        return []
    return [int(each) for each in ordered[:MOST]]


def _where_known(known: NDArray[np.bool_], distances: Numbers) -> Numbers:
    return np.where(known[:, None] & known[None, :], distances, np.nan)
