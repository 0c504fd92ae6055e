"""The files that say what the synthetic region is: region.yaml, tools.yaml, planted.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True)
class Network:
    """A network of the region. `levels` are means over its records; `missing` is the share of cells left empty."""

    code: str
    prefix: str
    name: str
    structures: int
    missing: float
    levels: dict[str, float]
    ages: dict[str, float]
    situations: dict[str, float]


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
def networks() -> tuple[Network, ...]:
    """The networks of the region, in the file's order."""
    return tuple(Network(**each) for each in region()["networks"])
