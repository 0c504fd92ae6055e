"""The thresholds of what may be shown: settings with their reason and who decided (`grids/seuils.yaml`)."""

from __future__ import annotations

from collections.abc import Iterator
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
    review_days: Threshold = Field(alias="relecture_jours")
    monthly_volume: Threshold = Field(alias="volume_pour_le_mois")
    quarterly_volume: Threshold = Field(alias="volume_pour_le_trimestre")
    yearly_volume: Threshold = Field(alias="volume_pour_l_annee")
    opinion_few: Threshold = Field(alias="avis_minimum")
    hidden_members: Threshold = Field(alias="structures_cachees")
    attack_width: Threshold = Field(alias="largeur_attaque")
    by_base: dict[str, PersonThreshold] = Field(default={}, alias="personnes_par_base")

    def persons_of(self, base: str) -> int:
        """The number of persons from which a base, named as in the grid, is shown."""
        return self.by_base.get(base, self.persons).value

    def named(self) -> Iterator[tuple[str, Threshold]]:
        """Every threshold with its name in the settings; "personnes_par_base.<base>" for those of one base."""
        for name, field in type(self).model_fields.items():
            if isinstance(threshold := getattr(self, name), Threshold):
                yield field.alias or name, threshold
        for base, threshold in self.by_base.items():
            yield f"personnes_par_base.{base}", threshold


def load_thresholds(path: Path = ROOT / "seuils.yaml") -> Thresholds:
    """The thresholds in force; raises GridError if the file says something that cannot be."""
    return read_definition(Thresholds, path)
