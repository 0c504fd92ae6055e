"""The thresholds of what may be shown: settings with their reason and who decided (`grids/seuils.yaml`)."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from grids.definitions import ROOT, Definition, read_definition


class Threshold(Definition):
    """One threshold, why, and who decided it."""

    value: int = Field(alias="valeur", ge=1)
    reason: str = Field(alias="raison", min_length=10)
    decided_by: str = Field(alias="decide_par", min_length=3)


class PersonThreshold(Threshold):
    """The confidentiality threshold: configurable, never below 5 (methods, section 0)."""

    value: int = Field(alias="valeur", ge=5)


class Thresholds(Definition):
    """Every threshold of a build."""

    persons: PersonThreshold = Field(alias="personnes")
    structures: Threshold
    largest_share: Threshold = Field(alias="part_maximale")
    structures_for_mean: Threshold = Field(alias="structures_pour_une_moyenne")
    entering_mean: Threshold = Field(alias="entree_dans_la_moyenne")
    closing_days: Threshold = Field(alias="cloture_jours")


def load_thresholds(path: Path = ROOT / "seuils.yaml") -> Thresholds:
    """The thresholds in force; raises GridError if the file says something that cannot be."""
    return read_definition(Thresholds, path)
