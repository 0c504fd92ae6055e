"""The tables of a release that say what networks are asked, already tell or decline, and what the improvement itself shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import polars as pl

from grids.burden import asked_of_networks, burdens
from grids.common_sheet import load_common_sheet
from grids.declines import Decline
from grids.equivalences import load_equivalences
from grids.model import Grid
from grids.network import load_mapping
from grids.redundancy import redundancies
from grids.register import network_codes
from pipelines.measurement.process import ProcessFacts, process_indicators
from pipelines.release import process_reference


def networks_tables(
    warehouse: duckdb.DuckDBPyConnection, grid: Grid, declines: Sequence[Decline], quality: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """reference.equivalences, refus, redondances, charges and quality.processus, under the version in force.

    `quality`: the tables quality.valeurs and quality.donnees of the same release.
    """
    sheet, catalogues = load_common_sheet(), load_equivalences(grid)
    asked = asked_of_networks(
        grid,
        [load_mapping(code) for code in network_codes()],
        process_reference.sheet_users(warehouse, sheet),
        process_reference.answered_questions(warehouse, grid),
    )
    redundant, burden = redundancies(grid, asked, catalogues, sheet), burdens(grid, asked, sheet)
    facts = ProcessFacts(grid, quality["quality.valeurs"], quality["quality.donnees"], asked, redundant, burden, sheet)
    return {
        "reference.equivalences": process_reference.equivalences(catalogues),
        "reference.refus": process_reference.refusals(declines),
        "reference.redondances": process_reference.redundancy_rows(redundant),
        "reference.charges": process_reference.burden_rows(burden),
        "quality.processus": process_indicators(facts),
    }
