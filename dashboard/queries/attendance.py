"""Attendance: how many receptions the networks counted. It says nothing about quality and is never joined to it."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.access import Scope


def counts(release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str) -> pl.DataFrame:
    """pas, debut, canal, etat, accueils  [period × channel, '' for all channels] of one unit"""
    return release.sql(
        """
        SELECT pas, debut, canal, etat, accueils
        FROM attendance.frequentation
        WHERE niveau = ? AND unite_id = ? AND list_contains(?, niveau)
        ORDER BY pas, debut, canal
        """,
        params=[niveau, unite_id, list(scope.levels)],
    ).pl()
