"""A release of a counted region, and what it takes to try to break it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import duckdb
import polars as pl

from grids.thresholds import load_thresholds
from pipelines.attack.attack import attack
from pipelines.attack.report import Report
from pipelines.command_line.editions import TRIES
from pipelines.command_line.gate import granted_counts
from pipelines.counting.readable import readable_sql
from pipelines.measurement.figures import figures
from pipelines.protection.mask import mask
from pipelines.protection.visible import visible_cells
from pipelines.release import reference
from pipelines.release.manifest import manifest
from pipelines.release.publish import Tables, publish
from pipelines.release.reading import published
from pipelines.versions import Version
from tests.bench.masks import Timed, rolled_file
from tests.scale.calendar import day_of_edition, periods_of
from tests.scale.rolling_up import grid_in_force

_YEARS = 3


def released(folder: Path, structures: int) -> Timed:
    """The region's release written, from its mask on; the counts that the attack is granted beside it."""
    with duckdb.connect(str(rolled_file(folder, structures))) as connection:
        started = time.perf_counter()
        written = _write(connection, folder, structures, ())
        seconds = time.perf_counter() - started
        granted_counts(connection).write_parquet(_counts(folder, structures))
    return seconds, {"megabytes_of_file": written.stat().st_size / 1e6}


def attacked(folder: Path, structures: int) -> Timed:
    """The attack that a build makes first, then all that the build does about it.

    `findings`: how many cells fall at first, by kind; `again`: how many times more is hidden and attacked; `in_all`: seconds
    of the whole; `left`: how many findings are left.
    """
    counts, started = pl.read_parquet(_counts(folder, structures)), time.perf_counter()
    first = report = _attack(published(_releases(folder, structures)).path, counts, None)
    seconds, bared = time.perf_counter() - started, list[pl.DataFrame]()
    with duckdb.connect(str(rolled_file(folder, structures))) as connection:
        while report.bared is not None and len(bared) < TRIES:
            bared.append(report.bared)
            written = _write(connection, folder, structures, bared)
            report = _attack(written, counts, frozenset(report.bared["base_id"]))
    in_all = time.perf_counter() - started
    settled = first.figures.group_by("epreuve", "comment").agg(pl.col("cellules").sum()).sort("epreuve", "comment")
    tried = [(f"{test} ({way})", cells) for test, way, cells in settled.iter_rows()]
    fallen = {"findings": _by_kind(first), "again": len(bared), "in_all": in_all, "left": len(report.findings)}
    return seconds, {**fallen, "tried": tried}


def _attack(release: Path, counts: pl.DataFrame, bases: frozenset[str] | None) -> Report:
    return attack(release, [], thresholds=load_thresholds(), counts=counts, scope="gate", bases=bases)


def _by_kind(report: Report) -> dict[str, int]:
    fallen = Counter({each.kind: 0 for each in report.findings})
    fallen.update(each.kind for each in report.findings for _ in each.cells)
    return dict(fallen)


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, structures: int, bared: Sequence[pl.DataFrame]) -> Path:
    """The release's file, from its mask on."""
    grid, record = grid_in_force()
    version, thresholds, periods = Version(grid, record, None, ""), load_thresholds(), periods_of(_YEARS)
    mask(connection, thresholds, bared=bared)
    visible = visible_cells(connection, thresholds)
    measured = figures(visible.counts, visible.hidden, [grid], thresholds)
    described = manifest([], [version], thresholds, periods, day_of_edition(_YEARS), synthetic=True)
    values = {"quality.valeurs": measured.whole, "quality.ventilations": measured.broken_down}
    told = reference_tables(connection, version, described.release_id)
    return publish(_releases(folder, structures), described, {**told, **values}).path


def reference_tables(connection: duckdb.DuckDBPyConnection, version: Version, edition: str) -> Tables:
    queries = {
        measure_id: readable_sql(version.grid, measure_id, each) for measure_id, _, each in version.grid.measures()
    }
    return {
        "reference.unites": reference.units(connection),
        "reference.periodes": reference.period_rows(periods_of(_YEARS), edition, day_of_edition(_YEARS)),
        "reference.grilles": reference.grids([version]),
        "reference.mesures": reference.measures([version], queries),
        "reference.categories": reference.categories([version]),
        "reference.modalites": reference.modalities(),
    }


def _releases(folder: Path, structures: int) -> Path:
    path = folder / f"releases-{structures}"
    path.mkdir(exist_ok=True)
    return path


def _counts(folder: Path, structures: int) -> Path:
    return folder / f"counts-{structures}.parquet"
