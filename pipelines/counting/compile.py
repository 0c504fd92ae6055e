"""A grid compiled to SQL: for each table, one pass over its records gives every base and measure by structure and period.

*Applicable*: in the base, the measure's own condition known to hold, the question not answered "pas concerné".
*Answered*: applicable, and every name of the expression recorded. An unknown condition leaves the base.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grids.expressions import Expression
from grids.model import Grid, Measure
from pipelines.compiled import answered_sql, compile_expression
from pipelines.staging import quoted, text_literal

Table = Literal["accueils", "reponses"]
OUTSIDE = "__hors_echelle"
"""Suffix of the column that says that a question was answered outside its scale ("pas concerné")."""


@dataclass(frozen=True)
class MeasureSql:
    """A measure as three SQL conditions or values over one record."""

    measure_id: str
    kind: str
    base: str
    applicable: str
    answered: str
    value: str


def compile_measure(grid: Grid, measure_id: str, measure: Measure) -> MeasureSql:
    """The SQL of one measure, over the record's own columns and the questions as columns."""
    text = measure.counted or measure.value
    outside = [f"NOT {quoted(name + OUTSIDE)}" for name in Expression(text).names if name in grid.questions]
    conditions = [f"coalesce({_sql(grid, measure.condition)}, false)"] if measure.condition else []
    applicable = " AND ".join([quoted(base_column(measure.base)), *conditions, *outside])
    answered = f"{applicable} AND {answered_sql(text)}"
    return MeasureSql(measure_id, measure.kind, measure.base, applicable, answered, _sql(grid, text))


def pass_sql(grid: Grid, table: Table) -> str:
    """The one statement that counts everything that `table` tells. [structure × step × period], wide: see `unfolded`."""
    measures = measures_of(grid, table)
    bases = {name: base for name, base in grid.bases.items() if base.table == table}
    in_base = ", ".join(
        f"coalesce({_sql(grid, base.condition)}, false) AS {quoted(base_column(name))}" for name, base in bases.items()
    )
    per_record = ", ".join(_record_columns(position, each) for position, each in enumerate(measures))
    sums = [f"count(*) FILTER ({quoted(base_column(name))}) AS {quoted(base_column(name))}" for name in bases]
    sums += [column for position, each in enumerate(measures) for column in _sums(grid, position, each)]
    return f"""
    WITH enregistrements AS ({_records(grid, table)}),
    bases AS (SELECT *, {in_base} FROM enregistrements),
    mesures AS (SELECT structure_id, reseau, mois, COLUMNS('^b:'), {per_record} FROM bases)
    SELECT structure_id, reseau,
      CASE WHEN grouping(date_trunc('quarter', mois)) = 0 THEN 'trimestre' ELSE 'annee' END AS pas,
      CAST(coalesce(date_trunc('quarter', mois), date_trunc('year', mois)) AS DATE) AS debut,
      {", ".join(sums)}
    FROM mesures
    GROUP BY GROUPING SETS (
      (structure_id, reseau, date_trunc('quarter', mois)), (structure_id, reseau, date_trunc('year', mois)))"""


def measures_of(grid: Grid, table: Table) -> list[MeasureSql]:
    """The compiled measures that `table` tells, in the grid's order."""
    return [
        compile_measure(grid, measure_id, measure)
        for measure_id, _, measure in grid.measures()
        if grid.bases[measure.base].table == table
    ]


def base_column(base: str) -> str:
    """The column of the pass that holds a base."""
    return f"b:{base}"


def _sql(grid: Grid, text: str) -> str:
    return compile_expression(text, lambda question: grid.scale_of(question).favorable)


def _records(grid: Grid, table: Table) -> str:
    return "SELECT * FROM accueils" if table == "accueils" else _pivot(grid)


def _pivot(grid: Grid) -> str:
    """Answers as one row a questionnaire, one column a question; a ticked box is a boolean."""
    questions = ", ".join(column for question in grid.questions for column in _question_columns(grid, question))
    return f"""SELECT reponse_ref, any_value(structure_id) AS structure_id, any_value(reseau) AS reseau,
      any_value(mois) AS mois,
      any_value(canal) AS canal, any_value(repondant) AS repondant, any_value(vague) AS vague, {questions}
      FROM reponses WHERE grille = {text_literal(grid.id)} AND version = {text_literal(grid.version)}
      GROUP BY reseau, reponse_ref"""


def _question_columns(grid: Grid, question: str) -> list[str]:
    scale = grid.scale_of(question)
    asked = f"FILTER (question = {text_literal(question)})"
    inside = ", ".join(text_literal(code) for code in scale.values)
    outside = ", ".join(text_literal(code) for code in scale.outside) or "NULL"
    value = f"any_value(CASE WHEN valeur IN ({inside}) THEN valeur END) {asked}"
    if set(scale.values) == {"oui", "non"}:
        value = f"({value}) = 'oui'"
    return [
        f"{value} AS {quoted(question)}",
        f"coalesce(bool_or(valeur IN ({outside})) {asked}, false) AS {quoted(question + OUTSIDE)}",
    ]


def _record_columns(position: int, each: MeasureSql) -> str:
    value = f"CASE WHEN {each.answered} THEN {each.value} END"
    return f'{each.applicable} AS "a:{position}", {each.answered} AS "r:{position}", {value} AS "v:{position}"'


def _sums(grid: Grid, position: int, each: MeasureSql) -> list[str]:
    counts = [
        f'count(*) FILTER ("a:{position}") AS "a:{position}"',
        f'count(*) FILTER ("r:{position}") AS "r:{position}"',
    ]
    return [*counts, f'{_BY_KIND[each.kind](position)} AS "y:{position}"']


def _counted(position: int) -> str:
    return f"map {{'': count(*) FILTER (\"v:{position}\")}}"


def _histogram(position: int) -> str:
    return f'histogram(CAST("v:{position}" AS VARCHAR)) FILTER ("v:{position}" IS NOT NULL)'


_BY_KIND = {"part": _counted, "repartition": _histogram, "quantiles": _histogram}


def readable_sql(grid: Grid, measure_id: str, measure: Measure) -> str:
    """One measure as a query that a reader can follow: the same conditions as the pass, over the same table."""
    table = grid.bases[measure.base].table
    text = measure.counted or measure.value
    conditions = [_sql(grid, each) for each in (grid.bases[measure.base].condition, measure.condition) if each]
    recorded = answered_sql(text)
    value = (
        f"count(*) FILTER ({_sql(grid, text)}) AS y, count(*) AS n"
        if measure.kind == "part"
        else f"{_sql(grid, text)} AS valeur, count(*) AS y"
    )
    grouped = "structure_id, periode" if measure.kind == "part" else "structure_id, periode, valeur"
    where = " AND ".join(conditions)
    return f"SELECT structure_id, periode, {value}\nFROM {table}\nWHERE {where}\n  AND {recorded}\nGROUP BY {grouped}"
