"""The reference tables of a release: units, periods, measures and what they evidence. No figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import polars as pl

from grids.clauses import load_clauses
from grids.model import Grid, Indicator, Measure
from grids.register import networks
from pipelines.frames import query_frame
from pipelines.periods import Period

REGION = ("region", "bretagne", "Bretagne")
_QUANTILE_LABELS = {
    "p50": "médiane : la moitié attend moins, l'autre plus",
    "p90": "neuvième décile : neuf sur dix attendent moins",
}


def units(warehouse: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """reference.unites: the region, the networks that have structures, the structures."""
    structures = query_frame(
        warehouse,
        "SELECT 'structure' AS niveau, structure_id AS unite_id, nom, reseau, departement, epci, zone_emploi FROM structures",
    )
    present = set(structures["reseau"])
    named = [
        ("reseau", each.code, each.name, each.code, None, None, None) for each in networks() if each.code in present
    ]
    larger = pl.DataFrame([(*REGION, None, None, None, None), *named], schema=structures.schema, orient="row")
    return pl.concat([larger, structures.sort("unite_id")])


def period_rows(periods: Sequence[Period]) -> pl.DataFrame:
    """reference.periodes."""
    rows = [(each.step, each.start, each.end, each.closes_on) for each in periods]
    schema = {"pas": pl.String, "debut": pl.Date, "fin": pl.Date, "close_le": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def measures(grid: Grid, queries: Mapping[str, str]) -> pl.DataFrame:
    """reference.mesures; `queries`: the SQL of each measure, by its id."""
    rows = [
        _measure(grid, order, measure_id, indicator, measure, queries[measure_id])
        for order, (measure_id, indicator, measure) in enumerate(grid.measures())
    ]
    return pl.DataFrame(rows)


def categories(grid: Grid) -> pl.DataFrame:
    """reference.categories: of distributions, and of quantiles; 'favorable' is a sum of some of them, and no row of its own."""
    rows = [row for measure_id, _, measure in grid.measures() for row in _categories(measure_id, measure)]
    schema = ["mesure_id", "categorie", "libelle", "favorable", "ordre"]
    return pl.DataFrame(rows, schema=schema, orient="row")


def clauses(grid: Grid) -> pl.DataFrame:
    """reference.clauses."""
    texts = load_clauses()
    rows = [
        (measure_id, clause, texts[clause].text)
        for measure_id, indicator, _ in grid.measures()
        for clause in indicator.clauses
    ]
    return pl.DataFrame(rows, schema=["mesure_id", "clause_id", "texte"], orient="row")


def _measure(
    grid: Grid, order: int, measure_id: str, indicator: Indicator, measure: Measure, query: str
) -> dict[str, object]:
    criterion = grid.criteria[indicator.criterion]
    return {
        "mesure_id": measure_id,
        "indicateur_id": measure_id.split(".", maxsplit=1)[0],
        "indicateur": indicator.label,
        "grille": grid.id,
        "version": grid.version,
        "champ": criterion.field,
        "champ_libelle": grid.field_labels[criterion.field],
        "critere": indicator.criterion,
        "critere_libelle": criterion.label,
        "critere_question": criterion.question,
        "genre": measure.kind,
        "nature": measure.nature,
        "base_id": measure.base,
        "base_libelle": grid.bases[measure.base].label,
        "sens": measure.direction,
        "unite": measure.unit,
        "libelle": measure.label,
        "definition": measure.definition,
        "detournement": indicator.gaming or None,
        "calcul": query,
        "ordre": order,
    }


def _categories(measure_id: str, measure: Measure) -> list[tuple[str, str, str, bool, int]]:
    if measure.kind == "quantiles":
        names = [f"p{round(100 * each)}" for each in measure.quantiles]
        return [(measure_id, name, _QUANTILE_LABELS.get(name, name), False, order) for order, name in enumerate(names)]
    return [
        (measure_id, code, label, code in measure.favorable, order)
        for order, (code, label) in enumerate(measure.categories.items())
    ]
