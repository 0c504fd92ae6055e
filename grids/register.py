"""The register of the partner networks."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from grids.definitions import ROOT, Definition, read_definition


class Network(Definition):
    """A network of the register; `data_inclusion` is its code in data·inclusion where there is one."""

    code: str
    name: str = Field(alias="nom")
    data_inclusion: str | None = Field(default=None, alias="lien_data_inclusion")


class _Register(Definition):
    networks: tuple[Network, ...] = Field(alias="reseaux")


@cache
def networks() -> tuple[Network, ...]:
    """The register of networks, in its file's order."""
    return read_definition(_Register, ROOT / "networks" / "reseaux.yaml").networks


def network_codes() -> tuple[str, ...]:
    """The codes of the register."""
    return tuple(network.code for network in networks())
