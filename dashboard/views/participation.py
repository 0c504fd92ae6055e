"""How many of those who were received answered: told beside what persons say, as a class."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

TITLE = "Participation, toutes questions"
_FEW = "0-29"
_WORDS = {
    _FEW: "Moins de trois personnes reçues sur dix ont répondu",
    "30-49": "De trois à cinq personnes reçues sur dix ont répondu",
    "50-74": "Plus d'une personne reçue sur deux a répondu",
    "75-100": "Trois personnes reçues sur quatre, ou plus, ont répondu",
}


@dataclass(frozen=True)
class Participation:
    """The class of a unit and a year; `warning` is empty where enough answered for what is said to stand for all."""

    words: str
    warning: str = ""


def read_participation(frame: pl.DataFrame) -> Participation | None:
    """From quality.participation of one unit and period; None where it is not known."""
    if frame.is_empty():
        return None
    told = frame.item()
    few = "Peu représentatif : celles qui n'ont pas répondu pensent peut-être autrement." if told == _FEW else ""
    return Participation(_WORDS[told], few)
