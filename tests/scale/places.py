"""The structures of a region: networks of unequal size, départements that cross them, and how many receptions come when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from grids.register import network_codes
from tests.scale.calendar import FIRST_YEAR
from tests.scale.draws import Counts

DEPARTMENTS = ("22", "29", "35", "56")
_DEPARTMENT_SIZES = np.array([0.18, 0.27, 0.32, 0.23])
_SEASON = np.array([1.1, 1.0, 1.1, 0.95, 0.95, 1.0, 0.7, 0.45, 1.25, 1.25, 1.15, 0.9])
_MEDIAN_MONTHLY, _SPREAD = 16, 1.0
_UNPLACED, _NEW, _CLOSED = 0.01, 0.04, 0.03


@dataclass(frozen=True)
class Region:
    """Its structures and its receptions; `receptions` starts a year before `FIRST_YEAR` [structure × month]."""

    table: pl.DataFrame
    receptions: Counts
    years: int

    @property
    def size(self) -> int:
        return self.table.height


def drawn_region(rng: np.random.Generator, structures: int, networks: int, years: int) -> Region:
    """A region whose structures are drawn: `table` has the columns of the warehouse's `structures` that the stages read."""
    codes = _codes(networks)
    network = _networks(rng, structures, networks)
    opened, closed = _lifetimes(rng, structures, years)
    table = pl.DataFrame(
        {
            "structure_id": [f"S{rank:05d}" for rank in range(structures)],
            "nom": [f"Lieu fictif {rank}" for rank in range(structures)],
            "reseau": [codes[each] for each in network],
            "departement": _departments(rng, network, networks),
            "epci": pl.Series([None] * structures, dtype=pl.String),
            "zone_emploi": pl.Series([None] * structures, dtype=pl.String),
            "partage_nominatif": [rank % 2 == 0 for rank in range(structures)],
            "actif_du": [_day(month) for month in opened],
            "actif_au": pl.Series([_day(month) if month else None for month in closed], dtype=pl.Date),
        }
    )
    return Region(table, _receptions(rng, opened, closed, years), years)


def _codes(networks: int) -> list[str]:
    """Those of the register, then made-up ones."""
    return [*network_codes(), *(f"reseau-{rank}" for rank in range(networks))][:networks]


def _networks(rng: np.random.Generator, structures: int, networks: int) -> Counts:
    """The rank of each structure's network: three structures at least where there are enough, then the larger the earlier."""
    weights = 1 / np.arange(1, networks + 1) ** 0.8
    first = np.arange(min(structures, 3 * networks)) % networks
    return np.concatenate([first, rng.choice(networks, structures - len(first), p=weights / weights.sum())])


def _departments(rng: np.random.Generator, network: Counts, networks: int) -> list[str | None]:
    leaning = rng.dirichlet(8 * _DEPARTMENT_SIZES, networks)
    drawn = (rng.random((len(network), 1)) > leaning[network].cumsum(axis=1)).sum(axis=1).clip(max=3)
    unplaced = rng.random(len(network)) < _UNPLACED
    return [None if lost else DEPARTMENTS[each] for each, lost in zip(drawn, unplaced, strict=True)]


def _lifetimes(rng: np.random.Generator, structures: int, years: int) -> tuple[Counts, Counts]:
    """The months, counted from the first drawn, in which structures open and close; 0: before, or not yet."""
    months = 12 * (years + 1)
    opened = np.where(rng.random(structures) < _NEW, rng.integers(1, months - 6, structures), 0)
    closes = (opened == 0) & (rng.random(structures) < _CLOSED)
    return opened, np.where(closes, rng.integers(6, months, structures), 0)


def _receptions(rng: np.random.Generator, opened: Counts, closed: Counts, years: int) -> Counts:
    months = np.arange(12 * (years + 1))
    size = rng.lognormal(np.log(_MEDIAN_MONTHLY), _SPREAD, len(opened))
    expected = size[:, None] * np.tile(_SEASON, years + 1) * rng.gamma(15, 1 / 15, (len(opened), len(months)))
    is_open = (months >= opened[:, None]) & ((months < closed[:, None]) | (closed[:, None] == 0))
    return rng.poisson(expected * is_open)


def _day(month: int) -> date:
    return date(FIRST_YEAR - 1 + int(month) // 12, int(month) % 12 + 1, 1)
