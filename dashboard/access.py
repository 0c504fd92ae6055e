"""Who may see which units: the one place that answers. Every query asks for a scope, and only this module makes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grids.register import network_codes

REGION = "region"
DEPARTMENT = "departement"
NETWORK = "reseau"
STRUCTURE = "structure"

COMMITTEE = "comite"
FACILITATOR = "animateur"
HEAD_OF_NETWORK = "reseau"
TEAM = "structure"
ROLES = (COMMITTEE, FACILITATOR, HEAD_OF_NETWORK, TEAM)

# A structure is never named to the committee, the Region as funder included, nor to a facilitator.
_LEVELS = dict.fromkeys(ROLES, (REGION, DEPARTMENT, NETWORK))


@dataclass(frozen=True)
class Reader:
    """Somebody who looks at the pages: a role, the network that a head of network is of, the structure of a team."""

    role: str
    network: str = ""
    structure: str = ""

    @property
    def code(self) -> str:
        """« reseau:cio », « structure:CIO-0006 », « comite »: as in the URL."""
        whose = {HEAD_OF_NETWORK: self.network, TEAM: self.structure}.get(self.role, "")
        return f"{self.role}:{whose}" if whose else self.role


@dataclass(frozen=True)
class Scope:
    """What rows a query may return.

    `levels`: units of any network that may be seen; `closed_categories`: the partner networks, since what is said of each
    of them is read by those it is about; `network`: whose structures may be seen by name, where each consented;
    `structure`: the one seen by its own team.
    """

    levels: tuple[str, ...]
    closed_categories: tuple[str, ...] = ()
    network: str = ""
    structure: str = ""

    @property
    def params(self) -> dict[str, Any]:
        """What MAY_SEE is filled with."""
        return {"levels": list(self.levels), "network": self.network, "structure": self.structure}

    @property
    def closed(self) -> dict[str, Any]:
        """What OPEN_CATEGORY is filled with."""
        return {"closed": list(self.closed_categories)}


def scope_of(reader: Reader) -> Scope:
    """What a reader's role opens; an unknown role opens nothing."""
    levels = _LEVELS.get(reader.role, ())
    return Scope(
        levels,
        network_codes() if levels else (),
        network=reader.network if reader.role == HEAD_OF_NETWORK else "",
        structure=reader.structure if reader.role == TEAM else "",
    )
