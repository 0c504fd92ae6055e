"""Receptions and answers drawn straight into a warehouse, and two ways of counting the working grid on them.

By the product: `count`, from the grid's files to the counts of every cell. As a person would write it: the same conditions, one
after another in one statement a table, gathered as the product gathers them, and nothing more.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb

from grids.breakdowns import load_breakdowns
from grids.contract import Column, allowed_values, load_contract
from grids.load import load_grid
from grids.model import Grid, Table
from grids.questions import Question
from grids.register import network_codes
from grids.thresholds import load_thresholds
from grids.versions import load_versions, record_of
from pipelines.counting.compile import measures_of
from pipelines.counting.count import count, forces_of, roll_up
from pipelines.counting.one_pass import table_pass
from pipelines.counting.questionnaires import questionnaires_sql
from pipelines.counting.tallies import Tally, base_column, sql_of
from pipelines.periods import closed_periods
from pipelines.staging import TYPED, quoted, text_literal
from tests.bench.records import STRUCTURES

Timed = tuple[float, dict[str, object]]
VERSION = load_versions()[-1].version
_START = record_of(VERSION).in_force_from
_TABLES: tuple[Table, ...] = ("accueils", "reponses")
_UNRECORDED = 10
"""Percent of cells that hold nothing."""
_NETWORK = f"[{', '.join(map(text_literal, network_codes()))}][1 + (structure % {len(network_codes())})::INTEGER]"
_ALL_BUT_RECORDS = """
CREATE TABLE gardees_accueils (livraison_id VARCHAR, mois DATE);
CREATE TABLE livraisons (livraison_id VARCHAR, reseau VARCHAR, contrat VARCHAR, recue_le DATE, lues INT, ecartees INT);
CREATE TABLE quarantaine (livraison_id VARCHAR, ligne INT, colonne VARCHAR, regle VARCHAR);
CREATE TABLE indicateurs_reseau (reseau VARCHAR);
CREATE TABLE structures (structure_id VARCHAR, reseau VARCHAR, departement VARCHAR, actif_du DATE, actif_au DATE);
"""


def write_warehouse(path: Path, receptions: int, answers: int) -> None:
    """A database with `accueils`, about `answers` rows of `reponses`, and no profile, of one year of the working grid."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(_ALL_BUT_RECORDS)
        connection.execute(f"CREATE TABLE accueils AS {_receptions_sql(receptions)}")
        connection.execute(f"CREATE TABLE reponses AS {_answers_sql(load_grid(VERSION), answers)}")
        columns = {each.name: TYPED.get(each.type, "VARCHAR") for each in load_contract("structures").columns}
        typed = ", ".join(f"{name} {kind}" for name, kind in {"reseau": "VARCHAR", **columns}.items())
        connection.execute(f"CREATE TABLE profils ({typed})")


def counted_by_the_grid(folder: Path) -> Timed:
    """Every measure of records and answers, from the grid to the counts of each cell.

    `compiling`: its first step; `rolling`: its last, from the finest counts to those of every step and level.
    """
    grid, record = load_grid(VERSION), record_of(VERSION)
    periods = closed_periods(_START, _START + timedelta(days=500), load_thresholds())
    with _warehouse(folder) as connection:
        started = time.perf_counter()
        for table in _TABLES:
            table_pass(forces_of([grid], [record])[0], table, load_breakdowns().active(table))
        compiling = time.perf_counter() - started
        started = time.perf_counter()
        count(connection, [grid], [record], periods, load_thresholds())
        finest = time.perf_counter()
        roll_up(connection, [grid], [record])
        ended = time.perf_counter()
        [(cells,)] = connection.execute("SELECT count(*) FROM comptes").fetchall()
    return ended - started, {"compiling": compiling, "rolling": ended - finest, "cells": cells}


def counted_by_hand(folder: Path) -> Timed:
    """The same conditions, as one statement over receptions and one over questionnaires."""
    grid = load_grid(VERSION)
    statements = [
        _by_hand_sql(grid, "accueils", "accueils"),
        _by_hand_sql(grid, "reponses", f"({questionnaires_sql(grid, list(grid.questions))})"),
    ]
    with _warehouse(folder) as connection:
        started = time.perf_counter()
        for statement in statements:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE comptes AS {statement}")
        return time.perf_counter() - started, {"characters": sum(map(len, statements))}


def _warehouse(folder: Path) -> duckdb.DuckDBPyConnection:
    """What was written, read only; counts go beside."""
    connection = duckdb.connect()
    connection.execute(f"ATTACH '{folder / 'counted.duckdb'}' AS ecrit (READ_ONLY)")
    tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'ecrit'").fetchall()
    for (name,) in tables:
        connection.execute(f"CREATE VIEW {name} AS FROM ecrit.{name}")
    return connection


def _by_hand_sql(grid: Grid, table: Table, source: str) -> str:
    """Each measure's applicable, answered and counted rows, every condition written out where it is needed."""
    said = [
        column.replace(quoted(base_column(each.base)), _condition(grid, each.base))
        for each in measures_of(grid, table)
        for tally in each.tallies
        for column in _by_hand_columns(tally)
    ]
    columns = ", ".join(f"{expression} AS c{rank}" for rank, expression in enumerate(said))
    period = "mois" if table == "accueils" else "date_trunc('quarter', mois)"
    sets = "".join(f", (structure_id, reseau, annee, {name})" for name in load_breakdowns().active(table))
    return f"""SELECT structure_id, reseau, periode, {columns}
      FROM (SELECT *, {period} AS periode, year(mois) AS annee FROM {source} WHERE mois >= DATE '{_START}')
      GROUP BY GROUPING SETS ((structure_id, reseau, periode){sets})"""


def _by_hand_columns(tally: Tally) -> Iterator[str]:
    answered = f"{tally.applicable} AND {tally.recorded}"
    conditions = [tally.applicable, answered, *(f"{answered} AND ({each})" for each in tally.counted.values())]
    # As it is written by one who knows that it is twice as fast here as count(*) FILTER.
    yield from (f"sum(CASE WHEN {each} THEN 1 ELSE 0 END)" for each in conditions)
    if tally.histogram:
        yield f"histogram({tally.histogram}) FILTER ({answered})"


def _condition(grid: Grid, base: str) -> str:
    condition = grid.bases[base].condition
    return f"coalesce({sql_of(grid, condition)}, false)" if condition else "true"


def _receptions_sql(rows: int) -> str:
    columns = [f"{_drawn(column)} AS {column.name}" for column in load_contract("accueils").columns]
    return f"SELECT {_NETWORK} AS reseau, {', '.join(columns)} FROM ({_places_sql(rows)})"


def _places_sql(rows: int) -> str:
    return f"SELECT i, hash(i) % {STRUCTURES} AS structure FROM range({rows}) AS rangs(i)"


def _drawn(column: Column) -> str:
    """SQL for a cell of a contract's column, drawn from `i`; empty now and then."""
    if column.name == "structure_id":
        return "'BENCH-' || structure"
    if column.type == "mois":
        return f"CAST(DATE '{_START}' + to_months((hash(i, 'mois') % 12)::INTEGER) AS DATE)"
    if column.type == "reference":
        return "NULL::UUID"
    recorded = f"hash(i, '{column.name}', 'vide') % 100 >= {_UNRECORDED}"
    return f"CASE WHEN {recorded} THEN {_said(column)} END"


def _said(column: Column) -> str:
    drawn = f"hash(i, '{column.name}')"
    if column.type == "booleen":
        return f"{drawn} % 2 = 0"
    if column.type == "entier":
        return f"({drawn} % 20)::INTEGER"
    codes = [text_literal(code) for code in allowed_values(column, network_codes())]
    code = f"[{', '.join(codes)}][(1 + {drawn} % {len(codes)})::INTEGER]"
    return f"[{code}]" if column.type == "ensemble" else code


def _answers_sql(grid: Grid, answers: int) -> str:
    """Every kind of questionnaire of the grid in equal numbers, each question answered."""
    kinds = [
        (
            asked.respondent,
            asked.wave,
            [key for name, each in grid.questions_of(code).items() for key in _keys(name, each)],
        )
        for code, asked in grid.questionnaires.items()
    ]
    number = answers // sum(len(keys) for _, _, keys in kinds)
    return " UNION ALL ".join(
        f"""SELECT {_NETWORK} AS reseau, md5('{respondent}{wave}' || i)::UUID AS reponse_ref, '{grid.id}' AS grille,
          '{grid.version}' AS version, '{wave}' AS vague, '{respondent}' AS repondant, 'BENCH-' || structure AS structure_id,
          {_drawn(_MONTH)} AS mois, 'presentiel' AS canal, NULL::VARCHAR AS tranche_age, NULL::VARCHAR AS situation,
          posee.partenaire, posee.question, posee.codes[(1 + hash(i, posee.question) % len(posee.codes))::INTEGER] AS valeur
          FROM ({_places_sql(number)}), (SELECT unnest([{", ".join(_asked(grid, *key) for key in keys)}]) AS posee)"""
        for respondent, wave, keys in kinds
    )


_MONTH = next(column for column in load_contract("reponses").columns if column.type == "mois")


def _keys(name: str, question: Question) -> list[tuple[str, str]]:
    return [(name, partner) for partner in (network_codes() if question.by_partner else ("",))]


def _asked(grid: Grid, question: str, partner: str) -> str:
    scale = grid.scale_of(question)
    codes = ", ".join(map(text_literal, [*scale.values, *scale.outside]))
    return f"{{question: '{question}', partenaire: nullif('{partner}', ''), codes: [{codes}]}}"
