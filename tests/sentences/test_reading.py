"""Reading only the rows that bear on a sentence says what reading them all would say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sentences.figures import Figures, LineKey, before
from pipelines.sentences.measures import read_measures
from pipelines.sentences.reading import read_figures
from pipelines.sentences.situation import Cell
from tests.sentences.small import CELL, MEASURE, Row, frame

VERSIONS = ("A.percue@2023.1", "A.percue@2024.1", "A.percue@2025.1", "B.percue@2025.1")
MEASURES = read_measures(
    frame(
        "reference.mesures",
        [
            MEASURE | {"mesure_id": VERSIONS[0]},
            MEASURE | {"mesure_id": VERSIONS[1], "suite_de": VERSIONS[0], "precedente": VERSIONS[0]},
            MEASURE | {"mesure_id": VERSIONS[2], "precedente": VERSIONS[1]},
            MEASURE | {"mesure_id": VERSIONS[3], "suite_de": VERSIONS[1], "precedente": VERSIONS[1]},
        ],
    ),
    frame("reference.categories", []),
)
PERIODS = {
    "annee": [date(year, 1, 1) for year in range(2021, 2026)],
    "mois": [date(year, month, 1) for year in (2024, 2025) for month in (1, 2, 12)],
}
PLACES = {
    ("structure", "CIO-1"): ("structure",),
    ("structure", "CIO-2"): ("structure",),
    ("reseau", "cio"): ("moyenne_structures", "part_accueils"),
    ("region", "bretagne"): ("moyenne_structures", "part_accueils"),
}


@st.composite
def releases(draw: st.DrawFn) -> list[Row]:
    """Some of the cells that three units may have under the versions of a measure, each hidden or shown."""
    keys = [
        (measure_id, *place, step, start, category, aggregation)
        for measure_id in VERSIONS
        for place, aggregations in PLACES.items()
        for step, starts in PERIODS.items()
        for start in starts
        for category in ("", "autre")
        for aggregation in aggregations
    ]
    kept = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=60, unique=True))
    names = ("mesure_id", "niveau", "unite_id", "pas", "debut", "categorie", "agregation")
    states = st.sampled_from([{"etat": "masque"}, {"etat": "sans_objet"}, {"etat": "ok", "valeur": 40}])
    return [CELL | dict(zip(names, key, strict=True)) | draw(states) for key in kept]


def all_read(values: pl.DataFrame) -> Figures:
    """Every row, one by one."""
    cells: dict[LineKey, dict[date, dict[tuple[str, str], Cell]]] = {}
    for row in values.iter_rows(named=True):
        line = cells.setdefault(LineKey(*(row[name] for name in LineKey._fields)), {})
        cell = Cell(**{name: row[name] for name in Cell.__dataclass_fields__})
        line.setdefault(row["debut"], {})[row["categorie"], row["agregation"]] = cell
    first = {key: min(line) for key, line in cells.items()}
    averaged = frozenset(key for key, line in cells.items() if any(_shown_as_a_mean(each) for each in line.values()))
    return Figures(MEASURES, cells, first, averaged)


def _shown_as_a_mean(period: Mapping[tuple[str, str], Cell]) -> bool:
    cell = period.get(("", "moyenne_structures"))
    return cell is not None and cell.etat == "ok"


def answers(figures: Figures) -> list[tuple[Any, ...]]:
    """All that the stage asks of each line, and of the larger units of the same period."""
    found: list[tuple[Any, ...]] = []
    for key in figures.lines():
        start = figures.last(key)
        aggregation, earlier = figures.aggregation(key, start), figures.year_before(key, start)
        was = figures.headline(earlier or key, before(start), aggregation)
        told = figures.comparison(key, start, was), was, figures.headline(key, start, aggregation)
        beside = (
            figures.beside(key, start, aggregation),
            figures.beside(earlier or key, before(start), aggregation) if earlier else {},
        )
        larger = (key._replace(niveau=niveau, unite_id=unit) for niveau, unit in list(PLACES)[2:])
        known = [each for each in larger if each in figures.cells]
        wider = [figures.headline(each, start, figures.aggregation(each, start)) for each in known]
        found.append((key, start, aggregation, earlier, told, beside, wider))
    return found


@settings(max_examples=150, deadline=None)
@given(releases())
def test_the_rows_that_are_left_out_change_nothing(rows: list[Row]) -> None:
    values = frame("quality.valeurs", rows)
    assert answers(read_figures(values, MEASURES)) == answers(all_read(values))
