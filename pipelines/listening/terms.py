"""On what terms the door takes a file: whom it answers, how large a file may be, how long it waits; and how it says no."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from grids.errors import SproError

SECRET_HEADER = "X-Spro-Cle"
SECRET_VARIABLE = "SPRO_DOOR_SECRET"
SIZE_VARIABLE = "SPRO_DOOR_MOST_MB"
MEGABYTE = 1_000_000
_DEFAULT_MEGABYTES = 200
_SHORTEST_SECRET = 16


class TurnedAway(SproError):
    """A request that the door does not take; `status` is that of the HTTP answer."""

    def __init__(self, status: int, sentence: str, *, remedy: str = "") -> None:
        self.status = status
        super().__init__(sentence, remedy=remedy)


@dataclass(frozen=True)
class Terms:
    """`secret` opens the door; a file has at most `most_bytes`, and arrives within `patience_seconds`."""

    secret: str
    most_bytes: int = _DEFAULT_MEGABYTES * MEGABYTE
    patience_seconds: float = 300.0


def terms_of(environment: Mapping[str, str] = os.environ) -> Terms:
    """The terms that the environment gives. Raises SproError without a secret, or if the size is not a number."""
    secret = environment.get(SECRET_VARIABLE, "")
    if len(secret) < _SHORTEST_SECRET:
        raise SproError(
            "La porte des livraisons n'a pas de secret : elle ne s'ouvre pas.",
            place=SECRET_VARIABLE,
            remedy=f"Donnez à cette variable un texte au hasard, d'au moins {_SHORTEST_SECRET} signes.",
        )
    megabytes = environment.get(SIZE_VARIABLE, "") or str(_DEFAULT_MEGABYTES)
    if not megabytes.isascii() or not megabytes.isdecimal() or int(megabytes) == 0:
        raise SproError(
            "La taille permise d'un fichier n'est pas un nombre.",
            place=SIZE_VARIABLE,
            remedy=f"Écrivez un nombre entier de mégaoctets, par exemple {_DEFAULT_MEGABYTES}.",
        )
    return Terms(secret, int(megabytes) * MEGABYTE)
