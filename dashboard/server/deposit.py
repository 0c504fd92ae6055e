"""The route by which a file goes from the browser to the door: its bytes pass through, piece by piece, and stop nowhere.

Streamlit's own uploads go through a parser of forms that writes files over one megabyte to disk: none is used here.
"""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard import door
from dashboard.server import tickets
from dashboard.text.typography import typeset
from dashboard.views.deliveries import outcome
from dashboard.views.receipt import fragment
from grids.errors import SproError

PATH = "/depot"
TICKET_HEADER = "X-Spro-Ticket"
_FORBIDDEN, _LENGTH_REQUIRED, _UNAVAILABLE = 403, 411, 503


async def deposit(request: Request) -> JSONResponse:
    """`POST /depot?fichier=…[&essai=1]`, the ticket in a header, the file as the raw body: what became of it, as JSON."""
    ticket = request.headers.get(TICKET_HEADER, "")
    network = tickets.network_of(ticket) if _from_our_pages(request) else None
    if network is None:
        return _refusal(_FORBIDDEN, "Cette page n'a plus le droit de déposer.", "Rechargez-la, puis recommencez.")
    size = request.headers.get("content-length", "")
    if not size.isdecimal():
        return _refusal(_LENGTH_REQUIRED, "L'envoi ne dit pas la taille du fichier.", "Recommencez.")
    trial = request.query_params.get("essai") == "1"
    name = request.query_params.get("fichier", "")
    parameters = {"reseau": network, "fichier": name, "essai": "1" if trial else "0"}
    try:
        answer = await _pass_on(request, parameters, int(size))
    except door.DoorRefusal as refusal:
        return _refusal(refusal.status, refusal.sentence, refusal.remedy)
    except SproError as error:
        return _refusal(_UNAVAILABLE, error.sentence, error.remedy)
    return JSONResponse(
        {
            "phrase": typeset(outcome(answer, trial=trial)),
            "titre": "Ce que dirait l'accusé de réception" if trial else "Accusé de réception",
            "accuse": fragment(answer["page"]),
            "livree": not trial,
        }
    )


ROUTE = Route(PATH, deposit, methods=["POST"])


def _from_our_pages(request: Request) -> bool:
    """Whether the request was made by a page of this very origin, which a foreign page cannot pretend."""
    origin = urlsplit(request.headers.get("origin", "")).netloc
    site = request.headers.get("sec-fetch-site", "same-origin")
    return bool(origin) and origin == request.headers.get("host") and site == "same-origin"


async def _pass_on(request: Request, parameters: dict[str, str], size: int) -> dict[str, Any]:
    connection = await run_in_threadpool(door.begin_delivery, parameters, size)
    try:
        async for piece in request.stream():
            await run_in_threadpool(connection.send, piece)
        return await run_in_threadpool(_answer, connection)
    except (OSError, HTTPException, ClientDisconnect):
        raise door.closed() from None
    finally:
        # Closed in the middle of a file, the connection tells the door that the rest will not come.
        connection.close()


def _answer(connection: HTTPConnection) -> dict[str, Any]:
    return door.read_answer(connection.getresponse())


def _refusal(status: int, sentence: str, remedy: str) -> JSONResponse:
    return JSONResponse({"phrase": typeset(sentence), "remede": typeset(remedy)}, status)
