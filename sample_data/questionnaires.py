"""The questionnaires of grid 2025.1 (questionnaires.yaml), as a network's survey tool asks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sample_data.definitions import read

FIRST, PRESENT = "2023.1", "2025.1"
"""The versions of the grid that the region has lived through."""
_UNCONCERNED = 0.03


@dataclass(frozen=True)
class Asked:
    """A question as a survey tool asks it; `id` is the grid's, followed by @ and the partner network where it has one.

    `codes` and `words`: the tool's code and the words displayed for each of the grid's codes; none for a box.
    `level`: the share of favourable answers, or `shares` by code; neither for what is drawn elsewhere.
    `only_if`: the answers without which it is not asked. `nothing`: the share of « on ne m'a rien remis ».
    """

    id: str
    code: str
    text: str
    under: str
    codes: dict[str, str]
    words: dict[str, str]
    is_reversed: bool
    level: float | None = None
    shares: dict[str, float] = field(default_factory=dict)
    only_if: dict[str, str] = field(default_factory=dict)
    unconcerned: float = _UNCONCERNED
    nothing: float = 0

    @property
    def is_box(self) -> bool:
        """Whether it is a box to tick."""
        return not self.codes


@cache
def questionnaire(name: str, network: str) -> tuple[Asked, ...]:
    """The questions of a questionnaire (a_chaud, m1, professionnel, equipe) for a network, its own left out of P21."""
    told: dict[str, dict[str, Any]] = read("questionnaires.yaml")["questionnaires"][name]
    asked = [(identifier, each) for identifier, each in told.items() if identifier != "P21"]
    if "P21" in told:
        rank = list(told).index("P21")
        asked[rank:rank] = _about_partners(told["P21"], network)
    return tuple(_asked(identifier, each) for identifier, each in asked)


def _about_partners(question: Mapping[str, Any], network: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"P21@{code}", {**question, "code": f"P21[{each['code']}]", "text": each["name"], "level": each["level"]})
        for code, each in read("questionnaires.yaml")["partners"].items()
        if code != network
    ]


def _asked(identifier: str, told: Mapping[str, Any]) -> Asked:
    scale = read("questionnaires.yaml")["scales"][told["scale"]]
    return Asked(
        id=identifier,
        code=told["code"],
        text=told["text"],
        under=told.get("under", ""),
        codes=scale["codes"],
        words=scale["words"],
        is_reversed=told["scale"] == "reversed",
        level=told.get("level"),
        shares=told.get("shares", {}),
        only_if=told.get("if", {}),
        unconcerned=told.get("unconcerned", _UNCONCERNED),
        nothing=told.get("nothing", 0),
    )
