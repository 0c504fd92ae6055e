"""The measures of a grid as SQL: what each counts, and the same as a query that a reader can follow."""

from __future__ import annotations

from dataclasses import dataclass

from grids.model import Grid, Kind, Table
from pipelines.counting.readable import readable_sql
from pipelines.counting.tallies import Tally, tallies

__all__ = ["CompiledMeasure", "measures_of", "readable_sql"]


@dataclass(frozen=True)
class CompiledMeasure:
    """A measure and its tallies; `base` names its base within the grid."""

    measure_id: str
    indicator_id: str
    kind: Kind
    base: str
    tallies: tuple[Tally, ...]


def measures_of(grid: Grid, table: Table) -> list[CompiledMeasure]:
    """The compiled measures that `table` tells, in the grid's order: not those that only networks' own indicators can tell."""
    return [
        CompiledMeasure(measure_id, measure_id.partition(".")[0], measure.kind, measure.base, tallies(grid, measure))
        for measure_id, _, measure in grid.measures()
        if grid.bases[measure.base].table == table and not measure.by_equivalence
    ]
