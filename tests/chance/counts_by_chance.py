"""Regions where nothing happens: every structure practises alike, month after month, and chance alone moves what is counted."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from grids.load import load_grid
from grids.model import Grid
from grids.versions import load_versions

VERSION = load_versions()[-1].version
MONTHS = [date(2025 + rank // 12, 1 + rank % 12, 1) for rank in range(24)]
YEARS = [date(2025, 1, 1), date(2026, 1, 1)]
LIKELIHOODS = {"PD02.rendue": 0.75, "OR05.rendue": 0.3, "PD08.rendue": 0.9}
"""Measures of receptions, and the chance of each at every reception of the region."""


def grid_in_force() -> Grid:
    """The last version of the grid."""
    return load_grid(VERSION)


def drawn_counts(seed: int, structures: int = 40) -> pl.DataFrame:
    """Visible counts (see VisibleCells.counts) of `structures` structures, by month and by year, of every measure."""
    rng = np.random.default_rng(seed)
    volumes = np.clip(np.exp(rng.normal(np.log(40), 0.4, structures)), 22, 120)
    return pl.concat([_of_measure(rng, name, chance, volumes) for name, chance in LIKELIHOODS.items()])


def _of_measure(rng: np.random.Generator, name: str, chance: float, volumes: np.ndarray) -> pl.DataFrame:
    sizes = np.maximum(rng.poisson(volumes[:, None], (len(volumes), len(MONTHS))), 11)
    found = rng.binomial(sizes, chance)
    yearly = [each.reshape(len(volumes), len(YEARS), 12).sum(axis=2) for each in (sizes, found)]
    monthly = _rows(name, "mois", MONTHS, sizes, found)
    return pl.concat([monthly, _rows(name, "annee", YEARS, *yearly)])


def _rows(name: str, step: str, starts: list[date], sizes: np.ndarray, found: np.ndarray) -> pl.DataFrame:
    structures, periods = sizes.shape
    grid = grid_in_force()
    base = next(measure.base for each, _, measure in grid.measures() if each == f"{name}@{VERSION}")
    return pl.DataFrame(
        {
            "mesure_id": f"{name}@{VERSION}",
            "base_id": grid.base_id(base),
            "niveau": "structure",
            "unite_id": np.repeat([f"S-{rank:03d}" for rank in range(structures)], periods),
            "pas": step,
            "debut": pl.Series(starts * structures, dtype=pl.Date),
            "ventilation": "",
            "modalite": "",
            "groupe": "",
            "categorie": "",
            "y": found.ravel(),
            "n": sizes.ravel(),
            "applicables": sizes.ravel(),
            "structures": 1,
            "moyenne": None,
            "ecart_type": None,
            "repondue_moyenne": None,
            "n_effectif": sizes.ravel().astype(float),
            "provenance": "mesure",
            "structures_attendues": 1,
            "moyenne_visible": False,
        },
        schema_overrides=dict.fromkeys(("moyenne", "ecart_type", "repondue_moyenne"), pl.Float64),
    )
