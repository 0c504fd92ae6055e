"""Who may see which units: the one place that answers. Every query asks for a scope, and only this module makes one."""

from __future__ import annotations

from dataclasses import dataclass

REGION = "region"
NETWORK = "reseau"

# A structure is never named to the committee, the Region as funder included.
_LEVELS = {"comite": (REGION, NETWORK)}


@dataclass(frozen=True)
class Reader:
    """Somebody who looks at the pages, known by a role."""

    role: str


@dataclass(frozen=True)
class Scope:
    """The levels of units whose rows a query may return."""

    levels: tuple[str, ...]


def current_reader() -> Reader:
    """The single reader of an installation that listens to its own machine only."""
    return Reader(role="comite")


def scope_of(reader: Reader) -> Scope:
    """The levels that a reader's role opens; an unknown role opens none."""
    return Scope(_LEVELS.get(reader.role, ()))
