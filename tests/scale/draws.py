"""Whole numbers drawn all at once, that add up exactly to those drawn before them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]


def around(rng: np.random.Generator, share: float, spread: float, size: int) -> Reals:
    """`size` shares around `share`, apart by `spread` on the scale of log-odds."""
    odds: Reals = np.exp(rng.normal(np.log(share / (1 - share)), spread, size))
    return odds / (1 + odds)


def mixes(rng: np.random.Generator, weights: Reals, evenness: float, size: int) -> Reals:
    """`size` ways of sharing one, around `weights`, close to them where `evenness` is large [size × weights]."""
    drawn: Reals = rng.dirichlet(evenness * weights / weights.sum(), size)
    return drawn


def split(rng: np.random.Generator, totals: Counts, mix: Reals) -> Counts:
    """Share each total by its place's mix: [place × period] and [place × column] → [place × period × column]."""
    drawn: Counts = rng.multinomial(totals, mix[:, None, :])
    return drawn


def crossed(rng: np.random.Generator, rows: Counts, columns: Counts) -> Counts:
    """A table drawn at random among those of these margins: [… × row] and [… × column] → [… × row × column].

    Both margins add up to the same. Each row takes its part of what the rows before it left, without replacement.
    """
    left = columns.copy()
    table = np.zeros((*rows.shape, columns.shape[-1]), dtype=np.int64)
    for row in range(rows.shape[-1] - 1):
        wanted = rows[..., row].copy()
        for column in range(columns.shape[-1]):
            others = left[..., column + 1 :].sum(axis=-1)
            taken = rng.hypergeometric(left[..., column], others, wanted)
            table[..., row, column] = taken
            left[..., column] -= taken
            wanted -= taken
    table[..., -1, :] = left
    return table
