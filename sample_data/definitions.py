"""The files that say what the synthetic region is: region.yaml, profiles.yaml, tools.yaml, planted.yaml."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

DEFAULT_STRUCTURES = 120
"""How many structures region.yaml describes; any other number keeps the shares of the networks."""


@dataclass(frozen=True)
class Network:
    """A network of the region. `levels` are means over its records; `missing` is the share of cells left empty.

    `volume` says how many receptions a month its structures have; without it they share the region's own spread.
    """

    code: str
    prefix: str
    name: str
    structures: int
    missing: float
    levels: dict[str, float]
    ages: dict[str, float]
    situations: dict[str, float]
    collection: str = "outil"
    volume: dict[str, float] | None = None


@cache
def read(name: str) -> dict[str, Any]:
    """The content of one of this package's YAML files."""
    content: dict[str, Any] = YAML(typ="safe", pure=True).load(files(__package__).joinpath(name).read_text("utf-8"))
    return content


@cache
def region() -> dict[str, Any]:
    """region.yaml: period, volumes, season, what receptions are made of."""
    return read("region.yaml")


@cache
def networks(total: int = DEFAULT_STRUCTURES) -> tuple[Network, ...]:
    """The networks of the region, in the file's order, with `total` structures shared out as the file shares its own."""
    described = tuple(Network(**each) for each in region()["networks"])
    counts = _shared_out(total, [each.structures for each in described])
    return tuple(replace(each, structures=count) for each, count in zip(described, counts, strict=True))


def _shared_out(total: int, weights: list[int]) -> list[int]:
    """Whole numbers that add up to `total`: the largest remainders take what is left."""
    exact = [total * weight / sum(weights) for weight in weights]
    counts = [int(each) for each in exact]
    by_remainder = sorted(range(len(exact)), key=lambda rank: counts[rank] - exact[rank])
    for rank in by_remainder[: total - sum(counts)]:
        counts[rank] += 1
    return counts
