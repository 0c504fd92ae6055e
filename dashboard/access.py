"""Who may see which units: the one place that answers. Every query asks for a scope, and only this module makes one."""

from __future__ import annotations

from dataclasses import dataclass

from grids.register import network_codes

REGION = "region"
DEPARTMENT = "departement"
NETWORK = "reseau"

# A structure is never named to the committee, the Region as funder included.
_LEVELS = {"comite": (REGION, DEPARTMENT, NETWORK)}


@dataclass(frozen=True)
class Reader:
    """Somebody who looks at the pages, known by a role."""

    role: str


@dataclass(frozen=True)
class Scope:
    """The levels of units whose rows a query may return, and the categories of a figure that it may not.

    `closed_categories`: the partner networks, since what is said of each of them is read by those it is about.
    """

    levels: tuple[str, ...]
    closed_categories: tuple[str, ...] = ()


def current_reader() -> Reader:
    """The single reader of an installation that listens to its own machine only."""
    return Reader(role="comite")


def scope_of(reader: Reader) -> Scope:
    """What a reader's role opens; an unknown role opens nothing."""
    levels = _LEVELS.get(reader.role, ())
    return Scope(levels, network_codes() if levels else ())
