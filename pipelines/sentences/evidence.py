"""What the other analyses say of a figure, looked up by its key: lines, views, comparisons, actions, weak points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import polars as pl

from pipelines.sentences.figures import LineKey
from pipelines.sentences.situation import NETWORK, REGION, STRUCTURE, Contradiction, Effect, Line, Measure, Parting

CONTRADICTION_POINTS = 15
"""Two views contradict each other from this gap on, where its range leaves out 0."""

RECENT_YEARS = 2
"""An older action is history: it says nothing of the last figure."""

FigureKey = tuple[LineKey, date]


class Analyses(NamedTuple):
    """What the other stages found, each frame with the columns of its table.

    quality.series, regards, comparaisons, decompositions, actions, effets, criteres.
    """

    series: pl.DataFrame
    views: pl.DataFrame
    comparisons: pl.DataFrame
    decompositions: pl.DataFrame
    actions: pl.DataFrame
    effects: pl.DataFrame
    criteria: pl.DataFrame


@dataclass(frozen=True)
class Evidence:
    """Analyses by the figure that they speak of; lines by their aggregation too."""

    lines: Mapping[tuple[LineKey, str], Line]
    contradictions: Mapping[FigureKey, Contradiction]
    apart: Mapping[FigureKey, int]
    partings: Mapping[FigureKey, Parting]
    effects: Mapping[LineKey, list[tuple[date, Effect]]]
    weakest: frozenset[FigureKey]

    def effect(self, key: LineKey, start: date) -> Effect | None:
        """The last recent action that bears on a figure."""
        recent = [each for each in self.effects.get(key, []) if start.year - each[0].year < RECENT_YEARS]
        return max(recent, key=lambda each: each[0])[1] if recent else None


def read_evidence(analyses: Analyses, measures: Mapping[str, Measure], units: pl.DataFrame) -> Evidence:
    """Index the analyses. `units`: reference.unites, which says of what network a structure is."""
    return Evidence(
        lines=_lines(analyses.series),
        contradictions=_contradictions(analyses.views, measures),
        apart=_apart(analyses.comparisons, units),
        partings=_partings(analyses.decompositions),
        effects=_effects(analyses.actions, analyses.effects),
        weakest=_weakest(analyses.criteria),
    )


def _lines(series: pl.DataFrame) -> dict[tuple[LineKey, str], Line]:
    """By line and by the aggregation of its points: one says nothing of a figure that is made in another way."""
    said = series.select(*LineKey._fields, "agregation", "variation", "provisoire", "assurance")
    return {(LineKey(*row[:4]), row[4]): Line(*row[5:]) for row in said.iter_rows()}


def _contradictions(views: pl.DataFrame, measures: Mapping[str, Measure]) -> dict[FigureKey, Contradiction]:
    """For both measures of a pair; the widest gap of those in which a measure stands."""
    far = views.filter(pl.col("ecart").abs() >= CONTRADICTION_POINTS, (pl.col("basse") > 0) | (pl.col("haute") < 0))
    columns = far.select("niveau", "unite_id", "pas", "debut", "regard_a", "regard_b", "ecart").sort(
        pl.col("ecart").abs()
    )
    found: dict[FigureKey, Contradiction] = {}
    for niveau, unit_id, step, start, first, second, gap in columns.iter_rows():
        higher, lower = (first, second) if gap > 0 else (second, first)
        told = Contradiction(measures[higher].nature, measures[lower].nature, abs(gap))
        found |= {(LineKey(each, niveau, unit_id, step), start): told for each in (first, second)}
    return found


def _apart(comparisons: pl.DataFrame, units: pl.DataFrame) -> dict[FigureKey, int]:
    """Structures beyond 99.8 %: a structure itself, and how many of a network and of the region."""
    structures = units.filter(niveau=STRUCTURE).select(structure_id="unite_id", reseau="reseau")
    regions = units.filter(niveau=REGION)["unite_id"].to_list()
    flagged = comparisons.filter(pl.col("a_examiner").is_not_null()).join(structures, on="structure_id", how="left")
    columns = flagged.select("mesure_id", "pas", "debut", "perimetre", "structure_id", "reseau")
    found: Counter[FigureKey] = Counter()
    for measure_id, step, start, perimeter, structure_id, network in columns.iter_rows():
        wholes = [(NETWORK, network), *((REGION, each) for each in regions if perimeter == "region")]
        for niveau, unit_id in [(STRUCTURE, structure_id), *wholes]:
            found[LineKey(measure_id, niveau, unit_id, step), start] += 1
    return found


def _partings(decompositions: pl.DataFrame) -> dict[FigureKey, Parting]:
    said = decompositions.filter("separees").select(
        *LineKey._fields, "debut", "moyenne", "part", "pratiques", "composition"
    )
    return {(LineKey(*row[:4]), row[4]): Parting(*row[5:]) for row in said.iter_rows()}


def _effects(actions: pl.DataFrame, effects: pl.DataFrame) -> dict[LineKey, list[tuple[date, Effect]]]:
    looked_at = effects.select("action_id", "mesure_id", "pas", "verdict", "manque").join(actions, on="action_id")
    columns = looked_at.select(*LineKey._fields, "debut", "libelle", "verdict", "manque", "revue_le")
    found: dict[LineKey, list[tuple[date, Effect]]] = {}
    for row in columns.iter_rows():
        found.setdefault(LineKey(*row[:4]), []).append((row[4], Effect(*row[5:])))
    return found


def _weakest(criteria: pl.DataFrame) -> frozenset[FigureKey]:
    said = criteria.filter(pl.col("point_faible").is_not_null())
    columns = said.select("point_faible", "niveau", "unite_id", "pas", "debut")
    return frozenset((LineKey(*row[:4]), row[4]) for row in columns.iter_rows())
