"""A version of the grid, or one of its indicators, as it reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grids.clauses import load_clauses
from grids.model import Direction, Grid, Indicator, Measure, Nature
from grids.versions import State, VersionRecord, file_fingerprint

STATES: dict[State, str] = {
    "travail": "grille de travail, non adoptée",
    "proposee": "proposée aux réseaux, non adoptée",
    "essai": "à l'essai, non adoptée",
    "adoptee": "adoptée",
    "retiree": "retirée",
}
SENSES: dict[Direction, str] = {
    "plus": "plus haut est mieux",
    "moins": "plus bas est mieux",
    "zone": "trop ou trop peu interroge",
    "neutre": "on décrit, sans bon ni mauvais niveau",
}
NATURES: dict[Nature, str] = {
    "rendue": "ce qui est noté",
    "percue": "ce que la personne dit",
    "declaree": "ce que le professionnel dit",
}
SHOWN = {
    **{"structure": "structure", "reseau": "réseau", "departement": "département", "region": "région"},
    **{"mois": "mois", "trimestre": "trimestre", "annee": "année"},
}
CORE = "●"


def read_grid(grid: Grid, record: VersionRecord, path: Path) -> Iterator[str]:
    """The lines of a version: what it is, then fields, criteria, indicators. `path`: its file, for the fingerprint."""
    yield f"{grid.label}, version {grid.version}"
    yield f"{STATES[record.state]} ; en vigueur du {record.in_force_from:%d/%m/%Y}"
    yield f"prochaine revue : {record.next_review:%d/%m/%Y} ; empreinte : {file_fingerprint(path)}"
    if any(each.core for each in grid.indicators.values()):
        yield f"{CORE} : du noyau, pour une première discussion"
    for field, label in grid.field_labels.items():
        yield ""
        yield label.upper()
        yield from _read_field(grid, field)


def _read_field(grid: Grid, field: str) -> Iterator[str]:
    for name, criterion in grid.criteria.items():
        if criterion.field != field:
            continue
        yield f"  {criterion.label} : {criterion.question}"
        for indicator_id, indicator in grid.indicators.items():
            if indicator.criterion == name:
                mark = CORE if indicator.core else " "
                waiting = " (pas encore mesuré)" if _waits(indicator) else ""
                yield f"  {mark} {indicator_id}  {indicator.label}{waiting}"


def read_indicator(grid: Grid, name: str) -> Iterator[str]:
    """The lines of one indicator: its measures, who is counted, its sense, what distorts it, its clauses."""
    indicator = grid.indicators[name]
    criterion = grid.criteria[indicator.criterion]
    yield f"{name}  {indicator.label}" + (f"  {CORE} du noyau" if indicator.core else "")
    yield f"{grid.field_labels[criterion.field]}, {criterion.label} : {criterion.question}"
    yield from _told("Ce qu'il dit", indicator.definition)
    yield from _told("Pas encore mesuré", indicator.pending)
    for measure_name, measure in indicator.measures.items():
        yield ""
        yield from _read_measure(grid, f"{name}.{measure_name}", measure)
    yield ""
    yield from _told("Ce qui peut le fausser", indicator.gaming)
    yield from _told("Ce qu'il ne dit pas", indicator.limit)
    yield from _told("Chef de file", indicator.owner)
    clauses = load_clauses()
    for word, ids in (("témoigne de", indicator.clauses), ("approche", indicator.approached)):
        yield from (f"{word} {clause} : {clauses[clause].text}" for clause in ids)
    yield from (f"rejoint {each.framework} {each.code} : {each.label}" for each in indicator.references)


def _read_measure(grid: Grid, measure_id: str, measure: Measure) -> Iterator[str]:
    base = grid.bases[measure.base]
    yield f"{measure_id}  {measure.label}"
    yield f"  {measure.definition}"
    yield f"  {NATURES[measure.nature]} ; {measure.kind}, en {measure.unit} ; {SENSES[measure.direction]}"
    levels, steps = (", ".join(SHOWN[each] for each in shown) for shown in (grid.levels_of(measure), base.steps))
    yield f"  compté sur : {base.label} ; montré par {levels} et par {steps}"
    yield from (f"  calcul : {text}" for text in measure.expressions)
    yield from _told("  Pas encore mesuré", measure.pending)
    if measure.continues:
        yield f"  suite de {measure.continues.measure} : {measure.continues.reason}"


def _told(title: str, text: str) -> Iterator[str]:
    if text:
        yield f"{title} : {text}"


def _waits(indicator: Indicator) -> bool:
    measures = indicator.measures.values()
    return bool(indicator.pending) or (bool(measures) and all(each.pending for each in measures))
