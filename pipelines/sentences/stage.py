"""The stage: for each measure, unit and step, its last figure in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from pipelines.sentences.evidence import Analyses, Evidence, read_evidence
from pipelines.sentences.facts import fact
from pipelines.sentences.figures import Figures, LineKey, before
from pipelines.sentences.measures import read_measures
from pipelines.sentences.questions import question
from pipelines.sentences.reading import read_figures
from pipelines.sentences.situation import ABSENT, NETWORK, REGION, STRUCTURE, Situation
from pipelines.sentences.solidity import solidity
from pipelines.sentences.wording import typeset

SENTENCES = {
    "mesure_id": pl.String,
    "niveau": pl.String,
    "unite_id": pl.String,
    "pas": pl.String,
    "debut": pl.Date,
    "fait": pl.String,
    "solidite": pl.String,
    "question": pl.String,
}


def sentences(
    values: pl.DataFrame, measures: pl.DataFrame, categories: pl.DataFrame, units: pl.DataFrame, analyses: Analyses
) -> pl.DataFrame:
    """quality.phrases: a fact, its solidity and a question for the last period of each measure × unit × step that has a row.

    `values`: quality.valeurs of the whole edition; `measures`, `categories`, `units`: reference.mesures, categories, unites.
    The sentences are a function of what the release shows: they hold no count, no rank, no name of a structure. Each has the
    spaces of French typography.
    """
    found = situations(values, measures, categories, units, analyses)
    rows = [(*_key(each), *(typeset(tell(each)) for tell in (fact, solidity, question))) for each in found]
    return pl.DataFrame(rows, schema=SENTENCES, orient="row")


def situations(
    values: pl.DataFrame, measures: pl.DataFrame, categories: pl.DataFrame, units: pl.DataFrame, analyses: Analyses
) -> Iterator[Situation]:
    """What each line's last period rests on, in the order of quality.phrases."""
    known = read_measures(measures, categories)
    figures, evidence = read_figures(values, known), read_evidence(analyses, known, units)
    wider = _wider_units(units)
    return (_situation(figures, evidence, wider, key) for key in figures.lines())


def _key(situation: Situation) -> tuple[str, str, str, str, date]:
    return situation.measure.id, situation.niveau, situation.unit_id, situation.step, situation.start


def _situation(
    figures: Figures, evidence: Evidence, wider: Mapping[tuple[str, str], list[tuple[str, str]]], key: LineKey
) -> Situation:
    start = figures.last(key)
    aggregation = figures.aggregation(key, start)
    earlier = figures.year_before(key, start)
    cell = figures.headline(key, start, aggregation)
    was = figures.headline(earlier, before(start), aggregation) if earlier else ABSENT
    return Situation(
        measure=figures.measures[key.mesure_id],
        niveau=key.niveau,
        unit_id=key.unite_id,
        step=key.pas,
        start=start,
        aggregation=aggregation,
        cell=cell,
        before=was,
        comparison=figures.comparison(key, start, was),
        beside=figures.beside(key, start, aggregation),
        beside_before=figures.beside(earlier, before(start), aggregation) if earlier else {},
        wider="" if cell.shown else _shown_wider(figures, key, start, wider.get((key.niveau, key.unite_id), [])),
        line=evidence.lines.get((key, aggregation)),
        contradiction=evidence.contradictions.get((key, start)),
        parting=evidence.partings.get((key, start)),
        effect=evidence.effect(key, start),
        apart=evidence.apart.get((key, start), 0),
        weakest=(key, start) in evidence.weakest,
    )


def _wider_units(units: pl.DataFrame) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Each unit's wider ones, the nearest first: network, then region."""
    regions = [(REGION, each) for each in units.filter(niveau=REGION)["unite_id"]]
    rows = units.filter(pl.col("niveau") != REGION).select("niveau", "unite_id", "reseau").iter_rows()
    return {
        (niveau, unit_id): [*([(NETWORK, network)] if niveau == STRUCTURE and network else []), *regions]
        for niveau, unit_id, network in rows
    }


def _shown_wider(figures: Figures, key: LineKey, start: date, units: list[tuple[str, str]]) -> str:
    """The nearest wider level whose figure of the same period is shown; empty if none is."""
    for niveau, unit_id in units:
        line = LineKey(key.mesure_id, niveau, unit_id, key.pas)
        if line in figures.cells and figures.headline(line, start, figures.aggregation(line, start)).told:
            return niveau
    return ""
