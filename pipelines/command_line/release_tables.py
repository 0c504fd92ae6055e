"""Every table of a release: counted under each version of the grid, masked, and only what is visible measured."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from grids.contract import TABLES, load_contract
from grids.declines import declined_indicators, load_declines
from grids.thresholds import Thresholds
from pipelines.command_line.analyses import Grounds, analyses
from pipelines.command_line.networks_tables import networks_tables
from pipelines.counting.compile import readable_sql
from pipelines.counting.count import count, roll_up
from pipelines.measurement.data_quality import broken_rules, data_quality
from pipelines.measurement.figures import figures
from pipelines.periods import Period
from pipelines.protection.attendance import attendance_cells
from pipelines.protection.mask import mask
from pipelines.protection.visible import visible_cells
from pipelines.release import reference
from pipelines.release.copying import with_published
from pipelines.release.supply import supply
from pipelines.validation.rules import rules_of
from pipelines.versions import Version

Tables = dict[str, pl.DataFrame]
Settle = Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True)
class Showing:
    """What an edition is about: the periods counted, those of them that an earlier edition shows, its id and day.

    `copied_from`: the file of the published release, whose rows about the periods that it shows are shown as they are;
    `shown_before`: the counts of their cells (see settled.shown).
    """

    periods: Sequence[Period]
    published: Collection[Period]
    edition: str
    as_of: date
    copied_from: Path | None = None
    shown_before: Sequence[pl.DataFrame] = ()

    @property
    def new(self) -> list[Period]:
        """The periods that no earlier edition shows."""
        return [each for each in self.periods if each not in self.published]


class Made(NamedTuple):
    """The rows of every table of a release by its name, and the counts of the cells that it is the first to show."""

    tables: Tables
    counts: pl.DataFrame


def count_edition(
    warehouse: duckdb.DuckDBPyConnection,
    versions: Sequence[Version],
    showing: Showing,
    thresholds: Thresholds,
    settle: Settle,
) -> None:
    """Give the warehouse its counts, in every cell of the cube.

    `settle`: puts what was published in the place of what is counted now, before anything is added up (pipelines.settled).
    """
    grids, records = [each.grid for each in versions], [each.record for each in versions]
    refused = declined_indicators(load_declines(grids[-1]))
    count(warehouse, grids, records, showing.periods, thresholds, refused, showing.published)
    settle(warehouse)
    roll_up(warehouse, grids, records)


def release_tables(
    warehouse: duckdb.DuckDBPyConnection,
    versions: Sequence[Version],
    showing: Showing,
    thresholds: Thresholds,
    bared: Sequence[pl.DataFrame] = (),
) -> Made:
    """Every table of the release, from a counted warehouse, which gets its mask.

    `bared`: what earlier tries of the same edition did not hide well enough (see mask).
    """
    grids = [each.grid for each in versions]
    mask(warehouse, thresholds, bared=bared)
    visible = visible_cells(warehouse, thresholds)
    measured = figures(visible.counts, visible.hidden, grids, thresholds)
    shown = with_published(
        {
            **_reference(warehouse, versions, showing),
            "quality.valeurs": measured.whole,
            "quality.ventilations": measured.broken_down,
            "quality.donnees": data_quality(visible.data_quality),
            "quality.controles": _worded(broken_rules(visible.rules)),
            "attendance.frequentation": attendance_cells(warehouse, thresholds),
        },
        showing.copied_from,
    )
    told = shown | networks_tables(warehouse, grids[-1], load_declines(grids[-1]), shown)
    return Made(
        told | analyses(warehouse, Grounds(told, visible.counts, showing.shown_before), showing.copied_from),
        visible.counts,
    )


def _reference(warehouse: duckdb.DuckDBPyConnection, versions: Sequence[Version], showing: Showing) -> Tables:
    queries = {
        measure_id: readable_sql(each.grid, measure_id, measure)
        for each in versions
        for measure_id, _, measure in each.grid.measures()
    }
    return {
        "reference.unites": reference.units(warehouse),
        "reference.periodes": reference.period_rows(showing.new, showing.edition, showing.as_of),
        "reference.grilles": reference.grids(versions),
        "reference.mesures": reference.measures(versions, queries),
        "reference.categories": reference.categories(versions),
        "reference.modalites": reference.modalities(),
        "reference.clauses": reference.clauses(versions),
        "reference.registre_clauses": reference.clause_register(versions),
        "reference.offre": supply(warehouse, showing.as_of),
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
