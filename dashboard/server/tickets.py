"""Tickets to deliver: what a page, which knows its reader, gives to the browser so that the route below may believe it.

A ticket names one network and ends after some hours. It is signed with a key that lives as long as the process.
"""

from __future__ import annotations

import hmac
import secrets
import time

LIFE_SECONDS = 8 * 3600
_KEY = secrets.token_bytes(32)


def issue(network: str) -> str:
    """A new ticket to deliver for `network`; no two are alike."""
    said = f"{network}.{int(time.time()) + LIFE_SECONDS}.{secrets.token_hex(8)}"
    return f"{said}.{_signature(said)}"


def network_of(ticket: str) -> str | None:
    """The network that a ticket is for; None if it is not one of ours, or has ended."""
    said, _, signature = ticket.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(said).encode()):
        return None
    network, ends, _ = said.split(".")
    return network if time.time() < int(ends) else None


def _signature(said: str) -> str:
    return hmac.digest(_KEY, said.encode(), "sha256").hex()
