"""Compiling the grid's expression language to DuckDB SQL (sqlglot), with three-valued logic kept as it is.

A name that is not recorded is NULL, and an expression that needs it is NULL: "unknown", neither true nor false.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

import sqlglot
from sqlglot import expressions as sql

from grids.expressions import Expression, parse_expression

Favorable = Callable[[str], tuple[str, ...]]
"""Gives the favourable answers of a question, as SQL literals of the type that its column has."""
AS_WRITTEN: Mapping[str, str] = MappingProxyType({})
"""Names stand for columns of the same names."""


def _no_question(name: str) -> tuple[str, ...]:
    raise KeyError(name)


def compile_expression(text: str, favorable: Favorable = _no_question, columns: Mapping[str, str] = AS_WRITTEN) -> str:
    """`text` as DuckDB SQL over columns of the same names, or of the names that `columns` gives them."""
    tree = _read(text).tree.copy()
    compiled = tree.transform(lambda node: _call(node, favorable) if isinstance(node, sql.Anonymous) else node)
    if columns:
        compiled = compiled.transform(lambda node: _renamed(node, columns) if isinstance(node, sql.Column) else node)
    return compiled.sql(dialect="duckdb")


def names_in(text: str) -> tuple[str, ...]:
    """The names (columns or questions) that an expression reads."""
    return _read(text).names


def answered_sql(text: str, columns: Mapping[str, str] = AS_WRITTEN) -> str:
    """SQL that is true where every name of the expression is recorded."""
    names = (_column(columns.get(name, name)).sql(dialect="duckdb") for name in names_in(text))
    return " AND ".join(f"{name} IS NOT NULL" for name in names) or "true"


@cache
def _read(text: str) -> Expression:
    # A grid's expressions are compiled many times over: parsing them is most of the cost.
    return parse_expression(text)


def _column(name: str) -> sql.Column:
    return sql.column(name, quoted=not name.isidentifier())


def _renamed(node: sql.Column, columns: Mapping[str, str]) -> sql.Column:
    return _column(columns[node.name]) if node.name in columns else node


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


def _number_among(arguments: list[str], favorable: Favorable) -> sql.Expression:
    held, *codes = arguments
    return _parsed(" + ".join(f"CAST(list_contains({held}, {code}) AS INTEGER)" for code in codes))


def _favorable(arguments: list[str], favorable: Favorable) -> sql.Expression:
    return _parsed(f"{arguments[0]} IN ({', '.join(favorable(arguments[0]))})")


_FUNCTIONS = {
    "est_renseigne": _is_recorded,
    "contient": _contains,
    "contient_autre_que": _contains_other_than,
    "nombre_vrais": _number_true,
    "nombre_parmi": _number_among,
    "favorable": _favorable,
}
