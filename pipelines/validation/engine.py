"""great_expectations on our own DuckDB connection.

Out of the box great_expectations reads results after duckdb-engine has moved on. A cursor that fetches everything when it
executes mends that, and lends great_expectations the connection that already holds the view to check.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

_TRANSACTION_WORDS = ("begin", "commit", "rollback")


class EagerCursor:
    """A DB-API cursor that holds all its rows as soon as it has executed."""

    arraysize = 1
    rowcount = -1

    def __init__(self, lent: LentConnection) -> None:
        self.connection = lent
        self.description: Any = None
        self._rows: list[Any] = []

    def execute(self, statement: str, parameters: Any = None, context: Any = None) -> None:
        """Run a statement; words of transactions are let pass, since the connection is only lent."""
        if statement.strip().lower() in _TRANSACTION_WORDS:
            return
        database = self.connection.database
        database.execute(statement, parameters) if parameters else database.execute(statement)
        # Names alone: DuckDB's own type objects, kept by great_expectations, would outlive the interpreter.
        self.description = [(name, *[None] * 6) for name, *_ in database.description or ()] or None
        self._rows = database.fetchall() if self.description else []

    def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        taken, self._rows = self._rows[: size or 1], self._rows[size or 1 :]
        return taken

    def fetchall(self) -> Sequence[Any]:
        taken, self._rows = self._rows, []
        return taken

    def close(self) -> None:
        self._rows = []


class LentConnection:
    """A DB-API connection over a DuckDB connection that somebody else owns: it neither begins nor commits."""

    notices: tuple[str, ...] = ()
    autocommit = None
    closed = False

    def __init__(self, loan: Loan) -> None:
        self._loan = loan

    @property
    def database(self) -> duckdb.DuckDBPyConnection:
        return self._loan.database

    def cursor(self) -> EagerCursor:
        return EagerCursor(self)

    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def close(self) -> None: ...


class Loan:
    """A connection lent for the time of a block. great_expectations keeps what it was given; taking it back frees it."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database: duckdb.DuckDBPyConnection | None = database

    @property
    def database(self) -> duckdb.DuckDBPyConnection:
        if self._database is None:
            raise RuntimeError("the connection was taken back")
        return self._database

    def __enter__(self) -> Loan:
        return self

    def __exit__(self, *_: object) -> None:
        self._database = None
