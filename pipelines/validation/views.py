"""What validation reads: staged deliveries as one view, each column beside its typed twin, links to other tables resolved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from grids.contract import Contract, Link, load_contract
from grids.load import load_grid
from grids.versions import load_versions
from pipelines.staging import quoted, staged_rows_sql, text_literal, typed_sql
from pipelines.validation.rules import TYPED_SUFFIX, known_column, rules_of


def create_check_view(connection: duckdb.DuckDBPyConnection, contract: Contract, rows: str) -> None:
    """Create the view `controle` over `rows` (SQL of staged rows with livraison_id, reseau, ligne). [staged row]

    Beside the columns and their typed twins stands, for each rule, whether the row keeps it.
    """
    typed = ", ".join(
        f"{typed_sql(column.type, column.name)} AS {quoted(column.name + TYPED_SUFFIX)}" for column in contract.columns
    )
    kept = ", ".join(
        f"NOT coalesce({rule.breach}, false) AS {quoted(kept_column(rule.column, rule.name))}"
        for rule in rules_of(contract)
    )
    links = [f"{_known_sql(link, contract)} AS {known_column(link)}" for link in contract.links]
    if any(link.column in _GRID_NAMES for link in contract.links):
        _create_question_register(connection)
    connection.execute(
        f"""CREATE OR REPLACE VIEW controle AS
        SELECT *, {kept} FROM (SELECT *, {", ".join([typed, *links])} FROM ({rows}))"""
    )


def kept_column(column: str, rule: str) -> str:
    """The name of the boolean column that says whether a row keeps a rule."""
    return f"{column}__{rule}__tenue"


def create_structure_register(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> None:
    """Create the table `registre` of the structures that deliveries have described. [network × structure]"""
    rows = staged_rows_sql(load_contract("structures"), files)
    connection.execute(f"CREATE OR REPLACE TABLE registre AS SELECT DISTINCT reseau, structure_id FROM ({rows})")


def _create_question_register(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table `questionnaires`: [answer admitted] grille, version, question, valeur, of every version."""
    admitted = [
        f"{grid.id}/{grid.version}/{question}/{value}"
        for grid in (load_grid(record.version) for record in load_versions())
        for question in grid.questions
        for value in (*grid.scale_of(question).values, *grid.scale_of(question).outside)
    ]
    connection.execute(
        """CREATE OR REPLACE TABLE questionnaires AS
        SELECT parts[1] AS grille, parts[2] AS version, parts[3] AS question, parts[4] AS valeur
        FROM (SELECT string_split(unnest($admitted), '/') AS parts)""",
        {"admitted": admitted},
    )


def _known_sql(link: Link, contract: Contract) -> str:
    """SQL that is true where a link finds its target; what cannot be read, or is empty, is another rule's to tell."""
    registered = f"reseau || '/' || {link.column} IN (SELECT reseau || '/' || structure_id FROM registre)"
    if link.target == "structures":
        return f"({link.column} IS NULL OR {registered})"
    if link.target == "unites":
        own = f"CASE niveau WHEN 'structure' THEN {registered} WHEN 'reseau' THEN {link.column} = reseau ELSE true END"
        return f"({_untold(link.column)} OR {own})"
    if link.column == _MEASURE:
        known = ", ".join(text_literal(name) for name in _measures(contract))
        return f"({_untold(link.column)} OR {link.column} IN ({known}))"
    names = _GRID_NAMES[: _GRID_NAMES.index(link.column) + 1]
    missing = " OR ".join(_untold(name) for name in names)
    unknown_before = [f"NOT {_in_register(names[:length])}" for length in range(2, len(names))]
    return f"({' OR '.join([missing, *unknown_before, _in_register(names)])})"


def _untold(column: str) -> str:
    return f"coalesce({column}, '#') LIKE '#%'"


def _measures(contract: Contract) -> list[str]:
    """The measures of every version, as a line through versions names them (OR02.rendue), and the words admitted beside."""
    column = contract.column(_MEASURE)
    beside = column.values if column else ()
    grids = (load_grid(record.version) for record in load_versions())
    told = {measure_id.partition("@")[0] for grid in grids for measure_id, _, _ in grid.measures()}
    return sorted({*told, *beside})


_MEASURE = "mesure"
_GRID_NAMES = ("grille", "version", "question", "valeur")


def _in_register(names: Sequence[str]) -> str:
    joined = " || '/' || ".join(names)
    return f"{joined} IN (SELECT {joined} FROM questionnaires)"
