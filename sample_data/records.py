"""Everything that happened in one network: the frames from which its files are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce

import polars as pl

from sample_data.answers import answers, month_later
from sample_data.attendance import attendance
from sample_data.changed import Change, changed_place, changed_receptions, instead
from sample_data.definitions import DEFAULT_STRUCTURES, Network, networks
from sample_data.draws import seed_apart
from sample_data.further_facts import with_further_facts
from sample_data.planted import changes
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
        ordinary = _records_of(own, receptions(own, network, seed), network, seed)
        yield reduce(lambda made, change: _with_change(made, change, seed), changes(network.code), ordinary)


def _records_of(own: pl.DataFrame, received: pl.DataFrame, network: Network, seed: int) -> Records:
    return Records(
        network,
        own,
        with_further_facts(received, network, seed),
        answers(own, received, network, seed),
        month_later(own, received, network, seed),
        professionals(own, network, seed),
        teams(own, network, seed),
        attendance(own, received, network.code, seed),
    )


def _with_change(made: Records, change: Change, seed: int) -> Records:
    """`made`, its changed structure drawn apart; professionals and teams, which a change leaves alone, stay."""
    place, own_seed = changed_place(made.structures, change), seed_apart(seed, change["structure"])
    apart = _records_of(place, changed_receptions(place, made.network, change, own_seed), made.network, own_seed)
    here, counted = pl.col("structure_id") == change["structure"], pl.col("unite_id") == change["structure"]
    by_day = ["jour", "structure_id"]
    return replace(
        made,
        structures=instead(made.structures, place, here, ["structure_id"]),
        receptions=instead(made.receptions, apart.receptions, here, by_day, number="accueil_ref"),
        answers=instead(made.answers, apart.answers, here, ["debut"], number="id"),
        month_later=instead(made.month_later, apart.month_later, here, ["debut"], number="id"),
        attendance=instead(made.attendance, apart.attendance, counted, ["debut", "unite_id", "canal"]),
    )
