"""Structures that a reader sees by name."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from dashboard.access import STRUCTURE
from dashboard.selection import Unit


@dataclass(frozen=True)
class Structure:
    """A place of reception: its network, and the codes of where it stands."""

    id: str
    nom: str
    reseau: str
    departement: str
    epci: str | None
    zone_emploi: str | None

    @property
    def unit(self) -> Unit:
        """The same as a unit that figures are about."""
        return Unit(STRUCTURE, self.id, self.nom)


def read_structures(frame: pl.DataFrame) -> list[Structure]:
    """From the named rows of reference.unites, in their order."""
    columns = ("unite_id", "nom", "reseau", "departement", "epci", "zone_emploi")
    return [Structure(*row) for row in frame.select(columns).iter_rows()]
