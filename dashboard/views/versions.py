"""The versions of the grid that an edition was made under, and which one holds in a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from dashboard.selection import Period

ADOPTED, RETIRED = "adoptee", "retiree"
_NAMES = {
    "travail": "grille de travail {}",
    "proposee": "grille proposée {}",
    "essai": "grille à l'essai {}",
    ADOPTED: "grille {}",
    RETIRED: "grille {}, retirée depuis",
}


@dataclass(frozen=True)
class Version:
    """A version: where it stands, the days of its force, why it was made, and the whole of it as JSON."""

    version: str
    etat: str
    since: date
    until: date | None = None
    adopted_on: date | None = None
    definition: str = field(default="", repr=False)
    next_review: date | None = None
    reason: str = ""

    @property
    def adopted(self) -> bool:
        """Whether the networks adopted it, be it retired since."""
        return self.etat == ADOPTED or (self.etat == RETIRED and self.adopted_on is not None)

    @property
    def name(self) -> str:
        """« grille de travail 2025.1 », « grille 2023.1, retirée depuis »."""
        return _NAMES.get(self.etat, _NAMES["travail"]).format(self.version)

    def covers(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def read_versions(frame: pl.DataFrame) -> tuple[Version, ...]:
    """From reference.grilles, oldest first."""
    told = ("version", "etat", "en_vigueur_du", "en_vigueur_au", "adoptee_le", "definition", "prochaine_revue", "motif")
    versions = (Version(*row) for row in frame.select(told).iter_rows())
    return tuple(sorted(versions, key=lambda version: version.since))


def version_in(versions: Sequence[Version], period: Period) -> Version:
    """The version in force when a period begins; the latest one if none was."""
    return next((each for each in versions if each.covers(period.debut)), versions[-1])
