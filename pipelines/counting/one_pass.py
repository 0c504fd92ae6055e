"""One statement for each table of a version: everything that the table tells, by structure and period, and by modality.

Conditions that several measures share are worked out once: each layer of the statement names the distinct ones of the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from grids.breakdowns import Breakdown
from grids.model import Grid, Table
from pipelines.compiled import names_in
from pipelines.counting.compile import CompiledMeasure, measures_of
from pipelines.counting.grouping import grouped_sql
from pipelines.counting.questionnaires import questionnaires_sql
from pipelines.counting.tallies import Tally, base_column, source_of, sql_of
from pipelines.staging import quoted


@dataclass(frozen=True)
class Cell:
    """A category of a measure, and the columns of the pass that count it. `days`: its histogram has no category yet."""

    measure: CompiledMeasure
    group: str
    category: str
    y: str
    n: str
    applicable: str
    in_base: str
    days: bool = False


@dataclass(frozen=True)
class Pass:
    """`sql` gives structure_id, reseau, pas, debut, reglee, ventilation, modalite and the columns that `cells` name.

    All rows of a structure in a period of the table's finest step, with `ventilation` and `modalite` ''; and those of each
    modality of each breakdown, with the year. `reglee`: whether what they hold was published before, by its finest step.
    """

    sql: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Force:
    """A version and the days during which it is in force; `end` is the first day of the next one, None while there is none."""

    grid: Grid
    start: date
    end: date | None

    @property
    def last_day(self) -> date | None:
        return self.end - timedelta(days=1) if self.end else None


class _Layer:
    """Distinct SQL expressions, each under a short name."""

    def __init__(self, letter: str) -> None:
        self.letter, self.names = letter, dict[str, str]()

    def name(self, expression: str) -> str:
        """The column of an expression."""
        return self.names.setdefault(expression, f"{self.letter}:{len(self.names)}")

    def columns(self) -> str:
        """The layer's expressions, to be selected."""
        return ", ".join(f"{expression} AS {quoted(name)}" for expression, name in self.names.items())


def table_pass(force: Force, table: Table, breakdowns: Mapping[str, Breakdown]) -> Pass | None:
    """The pass over one table under one version, broken down by `breakdowns` too; None where no measure needs it.

    It reads the register `periodes`.
    """
    measures = measures_of(force.grid, table)
    if not measures:
        return None
    applicable, answered, sums, lists = _Layer("a"), _Layer("r"), _Layer("s"), _Layer("l")
    cells = [
        cell
        for each in measures
        for tally in each.tallies
        for cell in _cells(each, tally, applicable, answered, sums, lists)
    ]
    bases = ", ".join(
        f"{base_sql(force.grid, name)} AS {quoted(base_column(name))}"
        for name in dict.fromkeys(each.base for each in measures)
    )
    aggregates = ", ".join(filter(None, (sums.columns(), lists.columns())))
    return Pass(
        f"""
    WITH lignes AS ({rows_sql(force, table)}),
    bases AS (SELECT *, {bases} FROM lignes),
    applicables AS (SELECT *, {applicable.columns()} FROM bases),
    repondues AS (SELECT *, {answered.columns()} FROM applicables)
    {grouped_sql(table, breakdowns, aggregates)}""",
        tuple(cells),
    )


def _cells(
    measure: CompiledMeasure, tally: Tally, applicable: _Layer, answered: _Layer, sums: _Layer, lists: _Layer
) -> Iterator[Cell]:
    able = quoted(applicable.name(tally.applicable))
    known = quoted(answered.name(f"{able} AND {tally.recorded}"))
    n, out_of = sums.name(_sum(known, tally.weight)), sums.name(_sum(able, tally.weight))
    in_base = sums.name(_sum(quoted(base_column(measure.base)), "1"))
    for category, condition in tally.counted.items():
        y = sums.name(_sum(f"{known} AND ({condition})", tally.summed or tally.weight))
        yield Cell(measure, tally.group, category, y, n, out_of, in_base)
    if tally.histogram:
        days = lists.name(f"list(CAST({tally.histogram} AS INTEGER)) FILTER ({known})")
        yield Cell(measure, tally.group, "", days, n, out_of, in_base, days=True)


def _sum(condition: str, added: str) -> str:
    # Several times as fast as count(*) FILTER, for one column after another.
    return f"sum(CASE WHEN {condition} THEN {added} ELSE 0 END)"


def base_sql(grid: Grid, name: str) -> str:
    """Whether a row of its table is in a base, as SQL."""
    condition = grid.bases[name].condition
    return f"coalesce({sql_of(grid, condition)}, false)" if condition else "true"


def rows_sql(force: Force, table: Table, *, whole: bool = False) -> str:
    """The rows that a version measures: records and profiles while it is in force, answers to its own questions.

    `whole`: every record, whatever its month.
    """
    if table == "reponses":
        return questionnaires_sql(force.grid, _questions(force.grid))
    if table == "structures":
        until = f" AND annee < {force.end.year}" if force.end else ""
        return f"SELECT * FROM profils WHERE annee >= {force.start.year}{until}"
    if whole:
        return "SELECT * FROM accueils"
    until = f" AND mois < DATE '{force.end}'" if force.end else ""
    return f"SELECT * FROM accueils WHERE mois >= DATE '{force.start}'{until}"


def _questions(grid: Grid) -> Sequence[str]:
    """The questions that some measure or base reads, in the grid's order."""
    measures = [measure for _, _, measure in grid.measures()]
    texts = [text for measure in measures for text in (*measure.expressions, *source_of(grid, measure).expressions)]
    texts += [grid.bases[measure.base].condition for measure in measures if grid.bases[measure.base].condition]
    read = {name for text in texts for name in names_in(text)}
    return [name for name in grid.questions if name in read]
