"""One published figure, and the index in which the pages look it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from dashboard.access import STRUCTURE
from dashboard.selection import Period, Unit
from dashboard.views.measures import Measure

OF_ONE_STRUCTURE = "structure"
MEAN_OF_STRUCTURES = "moyenne_structures"
SHARE_OF_RECEPTIONS = "part_accueils"


@dataclass(frozen=True)
class Value:
    """A cell of the release: its state, its numbers where they may be shown, and what is known to be wrong with it."""

    etat: str
    raison: str | None = None
    valeur: int | None = None
    basse: int | None = None
    haute: int | None = None
    assise: str | None = None
    taux_reponse_classe: str | None = None
    structures: int | None = None
    structures_attendues: int | None = None
    provenance: str | None = None
    flag: str = ""

    @property
    def shown(self) -> bool:
        """Whether the cell says anything: a point, or a range alone."""
        return self.etat in ("ok", "prudence") and (self.valeur is not None or self.ranged)

    @property
    def told(self) -> bool:
        """Whether there is something to say: a figure, or the reason why a shown cell has none."""
        return self.shown or (self.etat in ("ok", "prudence") and self.raison is not None)

    @property
    def ranged(self) -> bool:
        return self.basse is not None or self.haute is not None

    @property
    def sliver(self) -> bool:
        """A share told as « moins de … % »: too small for a figure, and for a place on a bar."""
        return self.valeur is None and self.raison is None and self.basse == 0 and self.haute is not None

    @property
    def cautious(self) -> bool:
        return self.etat == "prudence"


ABSENT = Value("absent")
DECLINED = Value("decline")

_KEY = ("mesure_id", "niveau", "unite_id", "debut", "categorie", "agregation")
_FIELDS = tuple(name for name in Value.__dataclass_fields__ if name != "flag")


@dataclass(frozen=True)
class Values:
    """Figures of one step (year, quarter or month), by measure, unit, period, category and aggregation."""

    cells: dict[tuple[str, str, str, date, str, str], Value]

    def get(
        self, measure: Measure, unit: Unit, period: Period, category: str, aggregation: str = MEAN_OF_STRUCTURES
    ) -> Value:
        """The cell, or ABSENT where the release has no such row."""
        key = (measure.id, unit.niveau, unit.id, period.debut, category, aggregation)
        return self.cells.get(key, ABSENT)

    def aggregation(self, measure: Measure, unit: Unit, period: Period) -> str:
        """A structure's own; else the mean of structures; the share of receptions where only that may be shown."""
        if unit.niveau == STRUCTURE:
            return OF_ONE_STRUCTURE
        mean, share = (
            self.get(measure, unit, period, measure.telling_category, each)
            for each in (MEAN_OF_STRUCTURES, SHARE_OF_RECEPTIONS)
        )
        return SHARE_OF_RECEPTIONS if share.told and not mean.told else MEAN_OF_STRUCTURES

    def headline(self, measure: Measure, unit: Unit, period: Period, *, like: Period | None = None) -> Value:
        """The figure that stands for the measure; `like` another period, counted the same way."""
        aggregation = self.aggregation(measure, unit, like or period)
        return self.get(measure, unit, period, measure.telling_category, aggregation)


Flagged = Mapping[tuple[str, str, str, date], str]
"""(measure, level, unit, first day of the period) → what is said of a figure that is known to be wrong."""


def read_values(frame: pl.DataFrame, flagged: Flagged | None = None) -> Values:
    """From the columns of quality.valeurs for one step; `flagged` figures of that step say so."""
    columns = frame.select(*_KEY, *_FIELDS)
    width = len(_KEY)
    cells = {row[:width]: Value(*row[width:]) for row in columns.iter_rows()}
    if flagged:
        cells |= {key: replace(cell, flag=flagged[key[:4]]) for key, cell in cells.items() if key[:4] in flagged}
    return Values(cells)


def overlap(first: Value, second: Value) -> bool | None:
    """Whether two ranges share a point; None when one of them has no range. A missing end is open."""
    if not (first.shown and second.shown and first.ranged and second.ranged):
        return None
    return _low(first) <= _high(second) and _low(second) <= _high(first)


def _low(value: Value) -> float:
    return float("-inf") if value.basse is None else value.basse


def _high(value: Value) -> float:
    return float("inf") if value.haute is None else value.haute
