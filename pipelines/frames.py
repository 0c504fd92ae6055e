"""From DuckDB to polars, through Arrow."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl


def query_frame(connection: duckdb.DuckDBPyConnection, query: str, parameters: Any = None) -> pl.DataFrame:
    """The result of `query` as a polars frame, with the query's own columns and grain."""
    relation = connection.execute(query, parameters) if parameters else connection.execute(query)
    frame = pl.from_arrow(relation.to_arrow_table())
    assert isinstance(frame, pl.DataFrame)
    return frame
