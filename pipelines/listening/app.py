"""The application at the door: a file comes in as the raw body of a request, its receipt goes out.

No form is ever parsed: parsers of forms write large files to disk. One file is in memory at a time.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from grids.errors import BuildBusy, SproError
from grids.register import network_codes
from pipelines.home import Home
from pipelines.listening import answers
from pipelines.listening.guard import Guard
from pipelines.listening.memory_file import memory_file
from pipelines.listening.reception import clean_name, receive
from pipelines.listening.terms import Terms, TurnedAway

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


def create_door(home: Home, terms: Terms) -> Starlette:
    """The door of one data folder.

    `POST /livraisons?reseau=&fichier=[&essai=1]` takes a file and answers with its receipt; `GET /livraisons?reseau=` lists
    a network's deliveries; `GET /livraisons/<id>?reseau=` gives one receipt. What is turned away is told in a French sentence.
    """
    desk = _Desk(home, terms)
    return Starlette(
        routes=[
            Route("/livraisons", desk.take, methods=["POST"]),
            Route("/livraisons", desk.list, methods=["GET"]),
            Route("/livraisons/{livraison}", desk.show, methods=["GET"]),
        ],
        middleware=[Middleware(Guard, secret=terms.secret)],
        exception_handlers={SproError: _say},
        lifespan=_warmed,
    )


class _Desk:
    """One file at a time: what it takes in memory is bounded by one file's size."""

    def __init__(self, home: Home, terms: Terms) -> None:
        self.home = home
        self.terms = terms
        self.occupied = asyncio.Lock()

    async def take(self, request: Request) -> JSONResponse:
        network, name = _network(request), clean_name(request.query_params.get("fichier", ""))
        if self.occupied.locked():
            raise TurnedAway(409, "Un autre fichier est en train d'être lu.", remedy="Recommencez dans une minute.")
        async with self.occupied:
            with memory_file() as file:
                await receive(request, file.bytes, self.terms)
                treat = _try_out if request.query_params.get("essai") == "1" else _deliver
                return JSONResponse(await _in_silence(treat, self.home, file.path, name, network))

    async def list(self, request: Request) -> JSONResponse:
        deliveries = await _in_silence(answers.listed, self.home, _network(request))
        return JSONResponse({"taille_max": self.terms.most_bytes, "livraisons": deliveries})

    async def show(self, request: Request) -> JSONResponse:
        receipt = await _in_silence(answers.found, self.home, _network(request), request.path_params["livraison"])
        page = await _in_silence(answers.page_of, self.home, receipt)
        return JSONResponse({"livraison": receipt.livraison_id, "etat": receipt.etat, "page": page})


def _try_out(home: Home, path: Path, name: str, network: str) -> dict[str, Any]:
    from pipelines.listening.trial import check_file

    receipt = check_file(path, network, home, name)
    return {"livraison": "", "etat": receipt.etat, "deja": False, "page": answers.page_of(home, receipt)}


def _deliver(home: Home, path: Path, name: str, network: str) -> dict[str, Any]:
    from pipelines.listening.delivery import deliver

    done = deliver(home, path, name, network, date.today())
    return {
        "livraison": done.receipt.livraison_id,
        "etat": done.receipt.etat,
        "deja": done.already,
        "page": answers.page_of(home, done.receipt),
    }


async def _in_silence(work: Callable[..., Result], *arguments: object) -> Result:
    """Work in a thread. A library's message may quote a cell: of an unforeseen error only its kind and place are told."""
    try:
        return await run_in_threadpool(work, *arguments)
    except BuildBusy:
        raise TurnedAway(
            409,
            "Une édition est en construction : la porte est fermée le temps qu'elle se termine.",
            remedy="Recommencez dans quelques minutes.",
        ) from None
    except SproError:
        raise
    except Exception as error:
        _log.error("A delivery failed: %s, %s", type(error).__name__, _places(error))
    raise TurnedAway(
        500,
        "Ce fichier n'a pas pu être lu jusqu'au bout : rien n'en est livré.",
        remedy="Prévenez la personne qui tient l'outil : l'endroit de la panne est dans son journal.",
    )


def _places(error: BaseException) -> str:
    return " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in traceback.extract_tb(error.__traceback__))


def _network(request: Request) -> str:
    network = request.query_params.get("reseau", "")
    if network not in network_codes():
        raise TurnedAway(404, "Ce réseau n'est pas au registre.", remedy="Choisissez un réseau de la liste.")
    return network


async def _say(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, SproError)
    status = error.status if isinstance(error, TurnedAway) else 422
    return JSONResponse({"phrase": error.sentence, "remede": error.remedy}, status)


@asynccontextmanager
async def _warmed(_app: Starlette) -> AsyncIterator[None]:
    """The stages take seconds to import: the door answers meanwhile, and the first delivery need not wait for them."""
    warming = asyncio.create_task(run_in_threadpool(__import__, "pipelines.listening.delivery"))
    yield
    await asyncio.wait([warming])
