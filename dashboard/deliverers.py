"""Who may deliver, and for which networks: the one place that answers."""

from __future__ import annotations

from dashboard.access import FACILITATOR, HEAD_OF_NETWORK, Reader
from grids.register import Network, networks


def networks_open_to(reader: Reader) -> tuple[Network, ...]:
    """The networks for which somebody may deliver: one's own, all for a facilitator, none for anyone else."""
    if reader.role == FACILITATOR:
        return networks()
    if reader.role == HEAD_OF_NETWORK:
        return tuple(network for network in networks() if network.code == reader.network)
    return ()
