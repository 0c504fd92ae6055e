"""The clauses of the specification, and how far a grid carries each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from grids.definitions import ROOT, Definition, read_definition
from grids.model import Grid

Standing = Literal["portee", "approchee", "sans_mesure"]


class Clause(Definition):
    """A commitment of the specification, paraphrased. `unmeasured`: why no figure can say it, and what stands in its place."""

    id: str
    text: str = Field(alias="texte")
    field: str = Field(alias="champ")
    evidence: tuple[str, ...] = Field(alias="preuve")
    unmeasured: str = Field(default="", alias="sans_mesure")


class _Clauses(Definition):
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Coverage:
    """How a grid stands on one clause: the indicators that evidence it, those that come near, or why there is none."""

    clause: Clause
    evidencing: tuple[str, ...]
    approaching: tuple[str, ...]

    @property
    def standing(self) -> Standing | None:
        """None when the grid says nothing of the clause and the register gives no reason."""
        if self.evidencing:
            return "portee"
        if self.approaching:
            return "approchee"
        return "sans_mesure" if self.clause.unmeasured else None


@cache
def load_clauses() -> dict[str, Clause]:
    """Every clause of the specification by its id."""
    return {clause.id: clause for clause in read_definition(_Clauses, ROOT / "clauses.yaml").clauses}


def coverage(grid: Grid) -> Iterator[Coverage]:
    """How the grid stands on each clause, in the register's order. An indicator that waits for its data evidences nothing."""
    for clause in load_clauses().values():
        measured = {name: each for name, each in grid.indicators.items() if not each.pending}
        yield Coverage(
            clause,
            tuple(name for name, each in measured.items() if clause.id in each.clauses),
            tuple(name for name, each in measured.items() if clause.id in each.approached),
        )
