"""Who may deliver, and for which networks: the one place that answers."""

from __future__ import annotations

import os
from dataclasses import dataclass

from dashboard.access import current_reader
from grids.register import Network, networks

ROLE_VARIABLE = "SPRO_ROLE"
NETWORK_VARIABLE = "SPRO_RESEAU"
OF_A_NETWORK = "reseau"
FACILITATOR = "animateur"


@dataclass(frozen=True)
class Deliverer:
    """Somebody before the page of deliveries: a role, and the network that the role is of, if any."""

    role: str
    network: str = ""


def current_deliverer() -> Deliverer:
    """The reader of an installation that listens to its own machine only, as whoever started it said."""
    role = os.environ.get(ROLE_VARIABLE, "") or current_reader().role
    return Deliverer(role, os.environ.get(NETWORK_VARIABLE, ""))


def networks_open_to(deliverer: Deliverer) -> tuple[Network, ...]:
    """The networks for which somebody may deliver: one's own, all for a facilitator, none for anyone else."""
    if deliverer.role == FACILITATOR:
        return networks()
    if deliverer.role == OF_A_NETWORK:
        return tuple(network for network in networks() if network.code == deliverer.network)
    return ()
