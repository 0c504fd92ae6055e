"""From DuckDB to polars, through Arrow."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl


def query_frame(connection: duckdb.DuckDBPyConnection, query: str, parameters: Any = None) -> pl.DataFrame:
    """The result of `query` as a polars frame, with the query's own columns and grain."""
    frame = pl.from_arrow(connection.sql(query, params=parameters).to_arrow_table())
    assert isinstance(frame, pl.DataFrame)
    return frame
