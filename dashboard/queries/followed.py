"""How many improvement actions structures follow: a number, without their names."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.access import REGION, Scope


def actions(release: duckdb.DuckDBPyConnection, scope: Scope) -> pl.DataFrame:
    """actions  [one row]: how many are followed by structures of the whole region; 0 for who does not see the region"""
    return release.sql(
        "SELECT count(*) AS actions FROM quality.actions WHERE niveau = 'structure' AND list_contains(?, ?)",
        params=[list(scope.levels), REGION],
    ).pl()
