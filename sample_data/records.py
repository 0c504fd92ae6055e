"""Everything that happened in one network: the frames from which its files are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from sample_data.answers import answers, month_later
from sample_data.attendance import attendance
from sample_data.definitions import DEFAULT_STRUCTURES, Network, networks
from sample_data.further_facts import with_further_facts
from sample_data.practices import professionals, teams
from sample_data.receptions import receptions
from sample_data.region import structures


@dataclass(frozen=True)
class Records:
    """The frames of a network; the columns of each are told by the function of the same name."""

    network: Network
    structures: pl.DataFrame
    receptions: pl.DataFrame
    answers: pl.DataFrame
    month_later: pl.DataFrame
    professionals: pl.DataFrame
    teams: pl.DataFrame
    attendance: pl.DataFrame


def records(seed: int, total: int = DEFAULT_STRUCTURES) -> Iterator[Records]:
    """The records of each network of a region of `total` structures, in the region's order."""
    everywhere = structures(seed, total)
    for network in networks(total):
        own = everywhere.filter(pl.col("reseau") == network.code)
        received = receptions(own, network, seed)
        yield Records(
            network,
            own,
            with_further_facts(received, network, seed),
            answers(own, received, network, seed),
            month_later(own, received, network, seed),
            professionals(own, network, seed),
            teams(own, network, seed),
            attendance(own, received, network.code, seed),
        )
