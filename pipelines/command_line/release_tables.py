"""Every table of a release: counted under each version of the grid, masked, and only what is visible measured."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import polars as pl

from grids.contract import TABLES, load_contract
from grids.declines import declined_indicators, load_declines
from grids.thresholds import Thresholds
from pipelines.command_line.networks_tables import networks_tables
from pipelines.command_line.taking_in import Progress
from pipelines.counting.compile import readable_sql
from pipelines.counting.count import count
from pipelines.measurement.data_quality import broken_rules, data_quality
from pipelines.measurement.figures import figures
from pipelines.periods import Period
from pipelines.protection.attendance import attendance_cells
from pipelines.protection.mask import mask
from pipelines.protection.visible import visible_cells
from pipelines.release import reference
from pipelines.validation.rules import rules_of
from pipelines.versions import Version

Tables = dict[str, pl.DataFrame]


def release_tables(
    warehouse: duckdb.DuckDBPyConnection,
    versions: Sequence[Version],
    periods: Sequence[Period],
    thresholds: Thresholds,
    tell: Progress,
) -> Tables:
    """The rows of every table of the release, by its name; the warehouse gets its counts and its mask."""
    grids = [each.grid for each in versions]
    declines = load_declines(grids[-1])
    count(warehouse, grids, [each.record for each in versions], periods, thresholds, declined_indicators(declines))
    tell("Décompte", 1, 1)
    tell("Mesure", 0, 1)
    mask(warehouse, thresholds)
    visible = visible_cells(warehouse, thresholds)
    quality = {
        "quality.valeurs": figures(visible.counts, visible.hidden, grids, thresholds),
        "quality.donnees": data_quality(visible.data_quality),
        "quality.controles": _worded(broken_rules(visible.rules)),
    }
    tables = (
        _reference(warehouse, versions, periods) | quality | networks_tables(warehouse, grids[-1], declines, quality)
    )
    tell("Mesure", 1, 1)
    return tables | {"attendance.frequentation": attendance_cells(warehouse, thresholds)}


def _reference(warehouse: duckdb.DuckDBPyConnection, versions: Sequence[Version], periods: Sequence[Period]) -> Tables:
    queries = {
        measure_id: readable_sql(each.grid, measure_id, measure)
        for each in versions
        for measure_id, _, measure in each.grid.measures()
    }
    return {
        "reference.unites": reference.units(warehouse),
        "reference.periodes": reference.period_rows(periods),
        "reference.grilles": reference.grids(versions),
        "reference.mesures": reference.measures(versions, queries),
        "reference.categories": reference.categories(versions),
        "reference.clauses": reference.clauses(versions),
        "reference.registre_clauses": reference.clause_register(versions),
    }


def _worded(broken: pl.DataFrame) -> pl.DataFrame:
    """Broken rules with their sentence and remedy."""
    rows = [
        (table, rule.column, rule.name, rule.sentence, rule.remedy)
        for table in TABLES
        for rule in rules_of(load_contract(table))
    ]
    words = pl.DataFrame(rows, schema=["contrat", "colonne", "regle", "phrase", "remede"], orient="row")
    return broken.join(words, on=["contrat", "colonne", "regle"])
