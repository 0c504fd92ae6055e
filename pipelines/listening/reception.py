"""Receiving the bytes of a file, and the name that its network gives it; both are bounded, neither is believed."""

from __future__ import annotations

import asyncio
import re
from typing import BinaryIO

from starlette.requests import ClientDisconnect, Request

from pipelines.listening.terms import MEGABYTE, Terms, TurnedAway

LONGEST_NAME = 120
_UNNAMED = "fichier sans nom"


async def receive(request: Request, into: BinaryIO, terms: Terms) -> None:
    """Write the raw body of the request to `into`, whole.

    Raises TurnedAway: 413 if it is too large, 408 if it takes too long, 400 if it breaks off.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > terms.most_bytes:
        raise _too_large(terms)
    try:
        async with asyncio.timeout(terms.patience_seconds):
            await _write_body(request, into, terms)
    except TimeoutError:
        raise TurnedAway(
            408,
            "Le fichier n'est pas arrivé à temps : rien n'en est gardé.",
            remedy="Vérifiez la connexion, puis recommencez.",
        ) from None
    except ClientDisconnect:
        raise TurnedAway(400, "L'envoi s'est interrompu : rien n'en est gardé.", remedy="Recommencez.") from None
    into.flush()


async def _write_body(request: Request, into: BinaryIO, terms: Terms) -> None:
    received = 0
    async for piece in request.stream():
        received += len(piece)
        if received > terms.most_bytes:
            raise _too_large(terms)
        into.write(piece)


def clean_name(given: str) -> str:
    """The name of a file without the folders before it, nor signs that do not show, of at most LONGEST_NAME signs."""
    last = re.split(r"[/\\]", given)[-1]
    shown = "".join(sign if sign.isprintable() else " " for sign in last)
    return " ".join(shown.split()).strip(". ")[:LONGEST_NAME].rstrip() or _UNNAMED


def _too_large(terms: Terms) -> TurnedAway:
    return TurnedAway(
        413,
        f"Ce fichier dépasse {terms.most_bytes // MEGABYTE} Mo : il n'est pas lu.",
        remedy="Livrez-le en plusieurs fois, par exemple un fichier par trimestre.",
    )
