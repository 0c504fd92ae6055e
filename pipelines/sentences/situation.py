"""All that a sentence may rest on: a measure, its last cell, what stands before, beside and around it. No count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pipelines.rounding import SHOWN
from pipelines.sentences.nouns import Noun

STRUCTURE, NETWORK, REGION = "structure", "reseau", "region"
TOO_WIDE, TOO_FEW = "fourchette_trop_large", "trop_de_non_reponses"
AS_BEFORE, FIRST, BREAK, NO_VALUE = "comparable", "premiere", "rupture", "sans_valeur"
"""Whether the year before compares: it does, nothing was measured, the definition changed, it has no figure."""


@dataclass(frozen=True)
class Cell:
    """One row of quality.valeurs, without its key."""

    etat: str
    raison: str | None = None
    valeur: int | None = None
    basse: int | None = None
    haute: int | None = None
    assise: str | None = None
    provenance: str | None = None

    @property
    def shown(self) -> bool:
        return self.etat in SHOWN

    @property
    def pointed(self) -> bool:
        return self.valeur is not None

    @property
    def ranged(self) -> bool:
        return self.basse is not None or self.haute is not None

    @property
    def is_bound(self) -> bool:
        """Whether an opinion held by nearly all, or nearly none, is told by its far end alone."""
        one_sided = self.haute is not None and (self.basse in (None, 0) or self.haute == 100)
        return self.shown and self.valeur is None and self.raison is None and one_sided

    @property
    def told(self) -> bool:
        """Whether the cell holds a figure: a point, or the bound that stands for it."""
        return self.pointed or (self.shown and self.raison is None and self.ranged)


ABSENT = Cell("absent")


@dataclass(frozen=True)
class Category:
    """A part of a measure: an answer, an item of an index."""

    code: str
    libelle: str
    favorable: bool


@dataclass(frozen=True)
class Measure:
    """What sentences need of a row of reference.mesures and of its categories."""

    id: str
    indicator: str
    criterion: str
    genre: str
    nature: str
    label: str
    noun: Noun
    base_label: str
    base_table: str
    sens: str
    unit: str
    is_fact: bool
    precedente: str | None
    continues: str | None
    threshold: int | None
    categories: tuple[Category, ...]

    @cached_property
    def headline(self) -> str | None:
        """The category that stands for the measure; None where no answer does (a distribution without favourable ones)."""
        if self.genre == "quantiles":
            return "p50"
        if self.genre != "repartition":
            return ""
        return "favorable" if any(each.favorable for each in self.categories) else None

    @property
    def is_directed(self) -> bool:
        """Whether one way is sought: « amélioration » has a meaning."""
        return self.sens in ("plus", "moins")


@dataclass(frozen=True)
class Line:
    """What a line through time says (quality.series)."""

    variation: str
    provisional: bool
    assurance: str | None


@dataclass(frozen=True)
class Contradiction:
    """Two views of one thing that differ by `gap` points, whose range leaves out 0: natures of the higher and the lower."""

    higher: str
    lower: str
    gap: int


@dataclass(frozen=True)
class Parting:
    """Why the mean of structures and the share of receptions part (quality.decompositions), in points."""

    mean: int
    share: int
    practices: int
    composition: int


@dataclass(frozen=True)
class Effect:
    """An improvement action that has been looked at (quality.actions, quality.effets)."""

    label: str
    verdict: str
    missing: int | None
    review: date | None


@dataclass(frozen=True)
class Situation:
    """One measure, one unit, one step, at the last period that has a row."""

    measure: Measure
    niveau: str
    unit_id: str
    step: str
    start: date
    aggregation: str
    cell: Cell
    before: Cell = ABSENT
    comparison: str = FIRST
    beside: Mapping[str, Cell] = field(default_factory=dict)
    beside_before: Mapping[str, Cell] = field(default_factory=dict)
    wider: str = ""  # a wider level whose figure is shown, where this one is not
    line: Line | None = None
    contradiction: Contradiction | None = None
    parting: Parting | None = None
    effect: Effect | None = None
    apart: int = 0  # structures beyond 99.8 %: among those of the unit, or the structure itself
    weakest: bool = False  # the weak point of its criterion

    @property
    def is_structure(self) -> bool:
        return self.niveau == STRUCTURE
