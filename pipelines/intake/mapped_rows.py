"""The staged rows of a delivery: each column of the contract in its own words, references hashed, days gone."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from grids.contract import Column, load_contract
from grids.network import Delivery, Source
from pipelines.intake.canonical import canonical_sql, coded_sql, month_sql
from pipelines.intake.recognition import Recognised
from pipelines.intake.references import reference_sql
from pipelines.staging import quoted, staged_columns, text_literal

Keys = Callable[[list[int]], dict[int, str]]
"""Gives the key of each year asked for."""


def map_rows(connection: duckdb.DuckDBPyConnection, recognised: Recognised, network: str, keys: Keys) -> None:
    """Create the table `staged` from `brut`: `ligne`, then the contract's columns as text.

    [row of the export], and for answers [row × question answered].
    """
    delivery = recognised.delivery
    sources = {name: each for name, each in delivery.columns.items() if _present(each, recognised)}
    _create_month_view(connection, sources)
    _create_keys(connection, keys)
    select = ", ".join(
        f"{_column_sql(column, sources, delivery, network)} AS {column.name}"
        for column in load_contract(delivery.table).columns
        if column.type not in ("question", "reponse") or column.name in sources
    )
    connection.execute(
        f"CREATE TABLE large AS SELECT ligne, {select}{_answers(delivery, recognised)} "
        "FROM datees LEFT JOIN cles ON cles.annee = datees.annee_du_mois ORDER BY ligne"
    )
    _shape_staged(connection, delivery)


def _present(source: Source, recognised: Recognised) -> bool:
    return all(recognised.position(heading) is not None for heading in source.headings)


def _create_month_view(connection: duckdb.DuckDBPyConnection, sources: dict[str, Source]) -> None:
    """`brut` with the year of each row's month, which chooses the key of its reference."""
    dated = next((name for name in ("mois", "debut") if name in sources), None)
    month = month_sql(sources[dated]) if dated else "NULL"
    connection.execute(f"CREATE TABLE datees AS SELECT *, year(TRY_CAST({month} AS DATE)) AS annee_du_mois FROM brut")


def _create_keys(connection: duckdb.DuckDBPyConnection, keys: Keys) -> None:
    found = connection.execute("SELECT DISTINCT annee_du_mois FROM datees WHERE annee_du_mois IS NOT NULL").fetchall()
    connection.execute("CREATE TABLE cles (annee BIGINT, cle VARCHAR)")
    for year, key in keys(sorted(year for (year,) in found)).items():
        connection.execute("INSERT INTO cles VALUES (?, ?)", [year, key])


def _column_sql(column: Column, sources: dict[str, Source], delivery: Delivery, network: str) -> str:
    if column.name in delivery.constants:
        return text_literal(delivery.constants[column.name])
    if column.name not in sources:
        return "CAST(NULL AS VARCHAR)"
    if column.type == "reference":
        survey = f"{network}/{delivery.id}" if delivery.questions else f"{network}/{delivery.table}"
        cell = quoted(sources[column.name].heading)
        # Without a readable month there is no key, hence no reference: the row is in quarantine for its month.
        return f"CAST({reference_sql(cell, 'cles.cle', survey)} AS VARCHAR)"
    return canonical_sql(column, sources[column.name])


def _answers(delivery: Delivery, recognised: Recognised) -> str:
    """The questions as columns beside the others, the block rule applied."""
    present = {name: each for name, each in delivery.questions.items() if _present(each, recognised)}
    return "".join(f", {_answer_sql(source, present)} AS {quoted('q:' + name)}" for name, source in present.items())


def _answer_sql(source: Source, questions: dict[str, Source]) -> str:
    answer = coded_sql(source.heading, source.values)
    if not source.block:
        return answer
    members = [each for each in questions.values() if each.block == source.block]
    ticked = " OR ".join(f"coalesce({coded_sql(each.heading, each.values)} = 'oui', false)" for each in members)
    # As soon as one box of the block is ticked, the empty ones mean no; none ticked: nothing is recorded.
    return f"CASE WHEN {ticked} THEN coalesce({answer}, 'non') WHEN {answer} LIKE '#%' THEN {answer} END"


def _shape_staged(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> None:
    """One row a record; for answers asked as columns, one row a question answered."""
    columns = staged_columns(load_contract(delivery.table))
    if not delivery.questions:
        connection.execute(f"CREATE TABLE staged AS SELECT ligne, {', '.join(columns)} FROM large")
        return
    named = ", ".join(column for column in columns if column not in ("question", "valeur"))
    connection.execute(
        f"""CREATE TABLE staged AS
        SELECT ligne, {named}, substr(question, 3) AS question, valeur
        FROM (UNPIVOT large ON COLUMNS('^q:') INTO NAME question VALUE valeur)"""
    )
