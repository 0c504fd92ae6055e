"""Compiling the grid's expression language to DuckDB SQL (sqlglot), with three-valued logic kept as it is.

A name that is not recorded is NULL, and an expression that needs it is NULL: "unknown", neither true nor false.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlglot
from sqlglot import expressions as sql

from grids.expressions import Expression, parse_expression

Favorable = Callable[[str], tuple[str, ...]]
"""Gives the favourable answers of a question."""


def _no_question(name: str) -> tuple[str, ...]:
    raise KeyError(name)


def compile_expression(text: str, favorable: Favorable = _no_question) -> str:
    """`text` as DuckDB SQL over columns of the same names."""
    tree = parse_expression(text).tree.copy()
    compiled = tree.transform(lambda node: _call(node, favorable) if isinstance(node, sql.Anonymous) else node)
    return compiled.sql(dialect="duckdb")


def answered_sql(text: str) -> str:
    """SQL that is true where every name of the expression is recorded."""
    return " AND ".join(f"{name} IS NOT NULL" for name in Expression(text).names) or "true"


def _call(node: sql.Anonymous, favorable: Favorable) -> sql.Expression:
    return _FUNCTIONS[node.name.lower()]([argument.sql(dialect="duckdb") for argument in node.expressions], favorable)


def _parsed(text: str) -> sql.Expression:
    return sql.Paren(this=sqlglot.parse_one(text, dialect="duckdb"))


def _is_recorded(arguments: list[str], favorable: Favorable) -> sql.Expression:
    return _parsed(f"{arguments[0]} IS NOT NULL")


def _contains(arguments: list[str], favorable: Favorable) -> sql.Expression:
    return _parsed(f"list_contains({arguments[0]}, {arguments[1]})")


def _contains_other_than(arguments: list[str], favorable: Favorable) -> sql.Expression:
    return _parsed(f"len(list_filter({arguments[0]}, lambda element: element <> {arguments[1]})) > 0")


def _number_true(arguments: list[str], favorable: Favorable) -> sql.Expression:
    return _parsed(" + ".join(f"CAST({argument} AS INTEGER)" for argument in arguments))


def _favorable(arguments: list[str], favorable: Favorable) -> sql.Expression:
    codes = ", ".join(f"'{code}'" for code in favorable(arguments[0]))
    return _parsed(f"{arguments[0]} IN ({codes})")


_FUNCTIONS = {
    "est_renseigne": _is_recorded,
    "contient": _contains,
    "contient_autre_que": _contains_other_than,
    "nombre_vrais": _number_true,
    "favorable": _favorable,
}
