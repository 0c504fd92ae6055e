"""What the measures of every version of the grid are, for those that work out their figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grids.model import Grid, Level, Measure
from grids.register import network_codes
from grids.thresholds import Thresholds

STRUCTURE, MEAN, POOLED = "structure", "moyenne_structures", "part_accueils"
"""Aggregations: a structure's own figure; the mean of structures; every reception alike."""


@dataclass(frozen=True)
class Context:
    """What a measure is made of: its place in a version of the grid, and the thresholds that hold for it."""

    measure_id: str
    base_id: str
    measure: Measure
    levels: tuple[Level, ...]
    opinion: bool
    fact: bool
    thresholds: Thresholds

    @property
    def parts(self) -> tuple[str, ...]:
        """The items or partners whose mean the headline is; none for the other kinds."""
        return tuple(self.measure.items) or (network_codes() if self.measure.breakdowns else ())

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories shown, in order; '' is the headline."""
        measure = self.measure
        match measure.kind:
            case "quantiles":
                return tuple(quantile_name(each) for each in measure.quantiles)
            case "repartition":
                return (*measure.categories, *(["favorable"] if measure.favorable else []))
            case "ecart":
                return ("", "groupe", "contre")
            case "gain":
                return ("", "avant", "apres")
            case "diversite":
                return ("", *(["proposes"] if measure.offered else []))
        return ("", *self.parts)

    def aggregations(self, level: str) -> tuple[str, ...]:
        """How its figures of a level are made of those of structures; each structure counts once in a fact."""
        if level == "structure":
            return (STRUCTURE,)
        return (MEAN,) if self.fact else (MEAN, POOLED)


def quantile_name(quantile: float) -> str:
    """The category of a quantile: 'p50' for 0.5."""
    return f"p{round(100 * quantile)}"


def contexts_of(grids: Sequence[Grid], thresholds: Thresholds) -> dict[str, Context]:
    """The measures of every version, by id ("PD02.percue@2025.1"), those that are not measured yet left out."""
    return {
        measure_id: _context(grid, measure_id, measure, thresholds)
        for grid in grids
        for measure_id, _, measure in grid.measures()
    }


def _context(grid: Grid, measure_id: str, measure: Measure, thresholds: Thresholds) -> Context:
    base = grid.bases[measure.base]
    return Context(
        measure_id=measure_id,
        base_id=grid.base_id(measure.base),
        measure=measure,
        levels=grid.levels_of(measure),
        opinion=base.opinion,
        fact=base.is_fact,
        thresholds=thresholds,
    )
