"""An action as a person declared it: where, on what, from when, and what was hoped for, all fixed before looking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

STRUCTURE, NETWORK, REGION = "structure", "reseau", "region"
_DIRECTIONS = {"plus": 1, "moins": -1}


@dataclass(frozen=True)
class Action:
    """A row of quality.actions; `measure` is a name without version, `hoped` plus, moins or neutre."""

    action_id: str
    label: str
    level: str
    unit: str
    measure: str
    hoped: str
    start: date
    latency_months: int
    review: date | None

    def direction(self, sense: str) -> int:
        """1 or −1 as more or less was hoped for; 0 if neither was, or if no direction of the measure is a progress."""
        return _DIRECTIONS.get(self.hoped, 0) if sense in _DIRECTIONS else 0


def declared(actions: pl.DataFrame) -> Iterator[Action]:
    """The rows of quality.actions, in the order of their identifiers."""
    for row in actions.sort("action_id").iter_rows(named=True):
        yield Action(
            action_id=row["action_id"],
            label=row["libelle"],
            level=row["niveau"],
            unit=row["unite_id"],
            measure=row["mesure"],
            hoped=row["sens"],
            start=row["debut"],
            latency_months=row["latence_mois"],
            review=row["revue_le"],
        )
