"""The references that persons set anew: which of them hold for a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

import polars as pl

NEW_REFERENCE = "nouveau_repere"


class Rebases:
    """The months from which a unit asks that a measure, or all of them, be judged anew."""

    def __init__(self, events: pl.DataFrame) -> None:
        """`events`: quality.evenements; those of another nature are told on the page, and change no limit."""
        self._asked: dict[tuple[str, str], list[tuple[str, date]]] = defaultdict(list)
        wanted = events.filter(pl.col("nature") == NEW_REFERENCE)
        for level, unit, name, month in wanted.select("niveau", "unite_id", "mesure", "mois").iter_rows():
            self._asked[level, unit].append((name, month))

    def of(self, level: str, unit: str, measures: Collection[str]) -> list[date]:
        """The months for a line that joins these measures ("OR02.rendue@2025.1"), whatever the version."""
        names = {"", *(each.partition("@")[0] for each in measures)}
        return [month for name, month in self._asked.get((level, unit), ()) if name in names]
