"""Speaking to the door: the process that takes deliveries. The pages never open the store of receipts themselves."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from dashboard.views.deliveries import Deliveries, read_deliveries
from grids.errors import SproError

ADDRESS_VARIABLE = "SPRO_DOOR_URL"
SECRET_VARIABLE = "SPRO_DOOR_SECRET"
_ANSWERS_WITHIN_SECONDS = 20
_READS_WITHIN_SECONDS = 900


class DoorClosed(SproError):
    """The door does not answer."""


class DoorRefusal(SproError):
    """The door said no; `status` is that of its HTTP answer."""

    def __init__(self, status: int, sentence: str, remedy: str) -> None:
        self.status = status
        super().__init__(sentence, remedy=remedy)


def deliveries(network: str) -> Deliveries:
    """What a network has delivered, the latest first. Raises DoorClosed or DoorRefusal."""
    return read_deliveries(_asked("/livraisons", {"reseau": network}))


def receipt_page(network: str, delivery_id: str) -> str:
    """The HTML page of a receipt of a network. Raises DoorClosed, or DoorRefusal if it has no such delivery."""
    page: str = _asked(f"/livraisons/{quote(delivery_id, safe='')}", {"reseau": network})["page"]
    return page


def begin_delivery(parameters: Mapping[str, str], size: int) -> HTTPConnection:
    """A connection on which to send the bytes of a file, then to read the answer. Raises DoorClosed."""
    connection = _connection(_READS_WITHIN_SECONDS)
    headers = {"Content-Length": str(size), "Content-Type": "application/octet-stream"}
    try:
        _ask(connection, "POST", f"/livraisons?{urlencode(parameters)}", headers)
    except OSError:
        raise closed() from None
    return connection


def read_answer(response: HTTPResponse) -> dict[str, Any]:
    """What the door answered. Raises DoorRefusal if it said no, DoorClosed if it makes no sense."""
    try:
        answer: dict[str, Any] = json.loads(response.read())
    except (ValueError, OSError, HTTPException):
        raise closed() from None
    if response.status != 200:
        raise DoorRefusal(response.status, answer.get("phrase", ""), answer.get("remede", ""))
    return answer


def closed() -> DoorClosed:
    """What is said when the door does not answer."""
    return DoorClosed(
        "La porte des livraisons n'est pas ouverte : on ne peut ni déposer un fichier ni relire un accusé.",
        remedy="Demandez à la personne qui tient l'outil de le relancer par « spro serve », sous Linux.",
    )


def _asked(path: str, parameters: Mapping[str, str]) -> dict[str, Any]:
    connection = _connection(_ANSWERS_WITHIN_SECONDS)
    try:
        _ask(connection, "GET", f"{path}?{urlencode(parameters)}", {})
        return read_answer(connection.getresponse())
    except (OSError, HTTPException):
        raise closed() from None
    finally:
        connection.close()


def _connection(timeout: float) -> HTTPConnection:
    address = urlsplit(os.environ.get(ADDRESS_VARIABLE, ""))
    if not address.hostname:
        raise closed()
    return HTTPConnection(address.hostname, address.port, timeout=timeout)


def _ask(connection: HTTPConnection, method: str, address: str, headers: Mapping[str, str]) -> None:
    connection.putrequest(method, address)
    for name, value in {"X-Spro-Cle": os.environ.get(SECRET_VARIABLE, ""), **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
