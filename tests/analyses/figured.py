"""What a build makes of a region's visible counts: its figures, and every table of the analyses."""

from __future__ import annotations

from functools import cache

import polars as pl

from grids.thresholds import load_thresholds
from pipelines.command_line.analyses import Grounds, Tables, analyses
from pipelines.measurement.figures import figures
from pipelines.release import reference
from pipelines.versions import Version
from tests.analyses.region import Region
from tests.scale.calendar import day_of_edition, periods_of
from tests.scale.rolling_up import grid_in_force

YEARS = 3


def figured(region: Region) -> Tables:
    """The tables of quality by their names, without what tells of deliveries."""
    grid, _ = grid_in_force()
    measured = figures(region.counts, region.hidden, [grid], load_thresholds())
    shown = {"quality.valeurs": measured.whole, "quality.ventilations": measured.broken_down}
    grounds = Grounds(shown | told() | {"reference.unites": region.units}, region.counts, ())
    with region.warehouse() as warehouse:
        found = analyses(warehouse, grounds, None)
    return shown | found


@cache
def told() -> Tables:
    """What the release says of periods and measures."""
    grid, record = grid_in_force()
    version = Version(grid, record, None, "")
    queries = {measure_id: "" for measure_id, _, _ in grid.measures()}
    return {
        "reference.periodes": reference.period_rows(periods_of(YEARS), "edition", day_of_edition(YEARS)),
        "reference.mesures": reference.measures([version], queries),
        "reference.categories": reference.categories([version]),
    }


def measures() -> pl.DataFrame:
    """reference.mesures."""
    return told()["reference.mesures"]
