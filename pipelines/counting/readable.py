"""A measure as a query that a reader can follow: the conditions of the pass, over a table of one line a record.

`periode` stands for the quarter or the year; answers are one line a questionnaire, profiles one a structure and year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from grids.model import Grid, Kind, Measure, Table
from pipelines.compiled import answered_sql
from pipelines.counting.tallies import source_of, sql_of
from pipelines.staging import quoted

_TABLES: Mapping[Table, str] = {"accueils": "accueils", "reponses": "reponses", "structures": "profils"}

_STANDING_IN = """SELECT unite_id AS structure_id, debut AS periode, round(valeur * base) AS y, base AS n
FROM indicateurs_reseau
WHERE niveau = 'structure'"""


@dataclass(frozen=True)
class _Query:
    """What distinguishes the query of one kind. `grouped`: each further key and its expression."""

    said: Sequence[str]
    recorded: Sequence[str] = ()
    grouped: Mapping[str, str] = field(default_factory=dict)
    also: Sequence[str] = ()


def readable_sql(grid: Grid, measure_id: str, measure: Measure) -> str:
    """The query of one measure, in a few lines."""
    if measure.by_equivalence:
        return _STANDING_IN
    query = _BY_KIND[measure.kind](grid, measure)
    base = grid.bases[measure.base]
    conditions = [sql_of(grid, each) for each in (base.condition, source_of(grid, measure).condition) if each]
    if measure.of and measure.condition:
        conditions.append(sql_of(grid, measure.condition))
    recorded = [answered_sql(text) for text in query.recorded]
    where = "\n  AND ".join([*map(_whole, conditions), *query.also, *recorded]) or "true"
    keys = ", ".join(["structure_id", "periode", *query.grouped])
    told = ", ".join(
        ["structure_id", "periode", *(_named(text, name) for name, text in query.grouped.items()), *query.said]
    )
    return f"SELECT {told}\nFROM {_TABLES[base.table]}\nWHERE {where}\nGROUP BY {keys}"


def _whole(condition: str) -> str:
    """A condition as one term among others."""
    return f"({condition})" if " OR " in condition else condition


def _named(text: str, name: str) -> str:
    return name if text == name else f"{text} AS {name}"


def _count(condition: str, name: str) -> str:
    return f"count(*) FILTER ({condition}) AS {quoted(name) if not name.isidentifier() else name}"


def _share(grid: Grid, measure: Measure) -> _Query:
    said = [_count(sql_of(grid, measure.counted), "y"), "count(*) AS n"]
    if measure.breakdowns:
        return _Query(said, [measure.counted], {"partenaire": "partenaire"}, ["partenaire <> reseau"])
    return _Query(said, [measure.counted])


def _distribution(grid: Grid, measure: Measure) -> _Query:
    return _Query(["count(*) AS y"], [measure.value], {"valeur": sql_of(grid, measure.value)})


def _gap(grid: Grid, measure: Measure) -> _Query:
    value, side, other = (
        sql_of(grid, text) for text in (source_of(grid, measure).value, measure.group, measure.against)
    )
    grouped = {"groupe": f"CASE WHEN {side} THEN 'groupe' WHEN {other} THEN 'contre' END", "valeur": value}
    return _Query(["count(*) AS y"], [source_of(grid, measure).value], grouped, [f"(({side}) OR ({other}))"])


def _gain(grid: Grid, measure: Measure) -> _Query:
    before, after = sql_of(grid, measure.before), sql_of(grid, measure.after)
    said = [
        _count(before, "avant"),
        _count(after, "apres"),
        _count(f"({after}) AND NOT ({before})", "gagnes"),
        _count(f"({before}) AND NOT ({after})", "perdus"),
        "count(*) AS n",
    ]
    return _Query(said, [measure.before, measure.after])


def _index(grid: Grid, measure: Measure) -> _Query:
    """Each item has its own denominator: the rows that hold it."""
    said = []
    for key, item in measure.items.items():
        said.append(_count(f"({answered_sql(item.counted)}) AND ({sql_of(grid, item.counted)})", key))
        said.append(_count(answered_sql(item.counted), f"n_{key}"))
    return _Query(said)


def _ratio(grid: Grid, measure: Measure) -> _Query:
    unit = grid.bases[measure.base].unit
    return _Query([f"sum({measure.total}) AS y", f"sum({unit}) AS n"], [measure.total, unit])


_BY_KIND: Mapping[Kind, Callable[[Grid, Measure], _Query]] = {
    "part": _share,
    "repartition": _distribution,
    "quantiles": _distribution,
    "diversite": _distribution,
    "ecart": _gap,
    "gain": _gain,
    "indice": _index,
    "rapport_de_sommes": _ratio,
}
