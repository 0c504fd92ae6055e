"""How it is measured whether records let someone be recognised, and how they would be made coarser (`anonymat.yaml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from grids.contract import load_contract
from grids.definitions import ROOT, Definition, read_definition
from grids.errors import GridError
from grids.thresholds import Threshold

Coarsening = Literal["trimestre", "annee", "retiree"]


class ClassSize(Threshold):
    """k: the smallest size of a class of records that look the same; 1 would promise nothing."""

    value: int = Field(alias="valeur", ge=2, le=10)


class LargestShare(Threshold):
    """The largest share of records, in percent, that may stand in smaller classes."""

    value: int = Field(alias="valeur", ge=0, le=100)


class Step(Definition):
    """One coarsening of one column: a calendar step, the column gone, or its values in groups (the others stay)."""

    column: str = Field(alias="colonne")
    becomes: Coarsening | None = Field(default=None, alias="devient")
    groups: dict[str, str] = Field(default={}, alias="groupes")

    @model_validator(mode="after")
    def _one_of_two(self) -> Step:
        if (self.becomes is None) == (not self.groups):
            raise ValueError("Une étape dit « devient » ou « groupes », l'un des deux.")
        return self


class AnonymityRules(Definition):
    """The columns that single out, those that would be learnt, the thresholds, the steps in order."""

    table: str
    quasi_identifiers: tuple[str, ...] = Field(alias="quasi_identifiants", min_length=1)
    sensitive: tuple[str, ...] = Field(alias="sensibles", min_length=1)
    k: ClassSize
    l: Threshold  # noqa: E741 - its name everywhere else
    largest_share: LargestShare = Field(alias="part_maximale")
    steps: tuple[Step, ...] = Field(default=(), alias="etapes")

    @model_validator(mode="after")
    def _steps_of_quasi_identifiers(self) -> AnonymityRules:
        for step in self.steps:
            if step.column not in self.quasi_identifiers:
                raise ValueError(f"L'étape « {step.column} » ne touche aucun quasi-identifiant.")
        return self


def load_anonymity_rules(path: Path = ROOT / "anonymat.yaml") -> AnonymityRules:
    """The rules in force; raises GridError if the file says something that cannot be, or a column that no record has."""
    rules = read_definition(AnonymityRules, path)
    contract = load_contract(rules.table)
    for name in (*rules.quasi_identifiers, *rules.sensitive):
        if contract.column(name) is None:
            raise GridError(f"« {name} » n'est pas une colonne de la table {rules.table}.", place=path.name)
    return rules
