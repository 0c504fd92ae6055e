"""What shown cells hold, exactly, so that those of one side can be added up. No tally leaves the back office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, pairwise

import polars as pl

from pipelines.evaluation.lineages import QUANTILES, Lineage
from pipelines.evaluation.lines import Point

Place = tuple[str | None, date]
"""A measure and the first day of a period."""


@dataclass(frozen=True)
class Tally:
    """`count` of `size` receptions or answers; of delays `size` of them, and how many waited each number of days."""

    size: int
    count: int = 0
    by_days: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.size + other.size, self.count + other.count, Counter(self.by_days) + Counter(other.by_days))

    @property
    def cumulated(self) -> tuple[list[int], list[int]]:
        """Days in order, and how many waited at most each."""
        days = sorted(self.by_days)
        return days, list(accumulate(self.by_days[day] for day in days))


def tallies(counts: pl.DataFrame, lineage: Lineage, level: str, unit: str, step: str) -> dict[Place, Tally]:
    """The headline's tally of each measure and period of a unit. `counts`: see `effects`."""
    rows = counts.filter(
        pl.col("mesure_id").is_in(lineage.measures),
        pl.col("niveau") == level,
        pl.col("unite_id") == unit,
        pl.col("pas") == step,
        pl.col("groupe") == "",
    )
    if lineage.kind == QUANTILES:
        return _delays(rows)
    headline = rows.filter(pl.col("categorie") == lineage.category)
    return {
        (measure_id, start): Tally(size, count)
        for measure_id, start, size, count in headline.select("mesure_id", "debut", "n", "y").iter_rows()
    }


def added(points: Sequence[Point], known: Mapping[Place, Tally]) -> Tally | None:
    """The sum of the tallies of the points that count; None if none does, or if the tally of one is not known."""
    places = [(point.measure_id, point.start) for point in points if point.counted]
    if not places or not all(place in known for place in places):
        return None
    total = known[places[0]]
    for place in places[1:]:
        total += known[place]
    return total


def _delays(rows: pl.DataFrame) -> dict[Place, Tally]:
    days = rows.with_columns(pl.col("categorie").cast(pl.Int32)).sort("categorie")
    found = {}
    for (measure_id, start), cell in days.group_by("mesure_id", "debut"):
        ordered = cell.sort("categorie")
        steps = pairwise([0, *ordered["y"]])
        by_days = {day: upto - fewer for day, (fewer, upto) in zip(ordered["categorie"], steps, strict=True)}
        found[measure_id, start] = Tally(sum(by_days.values()), by_days={day: n for day, n in by_days.items() if n})
    return found
