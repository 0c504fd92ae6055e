"""What is counted for a measure, whatever its kind: one or more tallies, each a few SQL conditions over one row of a table.

*Applicable*: in the base, the measure's own condition known to hold, the question not answered "pas concerné".
*Answered*: applicable, and every name of the expression recorded. An unknown condition leaves the base.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlglot import expressions as sql

from grids.contract import column_types
from grids.expression_check import codes_of
from grids.expressions import Expression
from grids.model import Grid, Kind, Measure
from grids.register import network_codes
from pipelines.compiled import AS_WRITTEN, answered_sql, compile_expression, names_in
from pipelines.counting.questionnaires import OUTSIDE, asked_of, literals
from pipelines.staging import quoted, text_literal

FAVORABLE = "favorable"
"""The category that stands for the favourable side of a distribution."""
OFFERED = "proposes"
"""The group that counts the structures that offer each category, beside the records that show each."""


@dataclass(frozen=True)
class Tally:
    """What is counted of one `group` of a measure: '', an item, a partner network, a side of a gap.

    `applicable`, `recorded`: conditions; a row is answered where both hold, and weighs `weight`, a whole number.
    Then either `counted`, the condition of each category, or `histogram`, a whole number counted value by value.
    `summed`: what a counted row adds, where it is not its weight.
    """

    group: str
    applicable: str
    recorded: str
    counted: Mapping[str, str]
    histogram: str = ""
    weight: str = "1"
    summed: str = ""


def tallies(grid: Grid, measure: Measure) -> tuple[Tally, ...]:
    """The tallies of a measure, in the grid's order."""
    return tuple(_BY_KIND[measure.kind](grid, measure))


def base_column(base: str) -> str:
    """The column that says whether a row is in a base."""
    return f"b:{base}"


def source_of(grid: Grid, measure: Measure) -> Measure:
    """The measure whose value is compared: another one for a gap, itself for any other kind."""
    indicator, _, name = measure.of.partition(".")
    return grid.indicators[indicator].measures[name] if measure.of else measure


def sql_of(grid: Grid, text: str, columns: Mapping[str, str] = AS_WRITTEN) -> str:
    """An expression of the grid as SQL over the columns of its table, questions included."""
    return compile_expression(text, lambda name: literals(grid.scale_of(name), grid.scale_of(name).favorable), columns)


def _tally(
    grid: Grid,
    measure: Measure,
    text: str,
    counted: Mapping[str, str],
    group: str = "",
    columns: Mapping[str, str] = AS_WRITTEN,
) -> Tally:
    """A tally of what `text` says, among the rows of the base where the measure's condition is known to hold."""
    asked = [columns.get(name, name) for name in names_in(text) if name in grid.questions]
    unit = grid.bases[measure.base].unit
    applicable = [
        quoted(base_column(measure.base)),
        *([_known(grid, measure.condition, columns)] if measure.condition else []),
        *(f"NOT {quoted(name + OUTSIDE)}" for name in asked),
    ]
    recorded = [answered_sql(text, columns), *([f"{unit} IS NOT NULL"] if unit else [])]
    return Tally(group, " AND ".join(applicable), " AND ".join(recorded), counted, weight=unit or "1")


def _known(grid: Grid, condition: str, columns: Mapping[str, str] = AS_WRITTEN) -> str:
    """True where a condition is known to hold, false elsewhere."""
    return f"coalesce({sql_of(grid, condition, columns)}, false)"


def _among(tally: Tally, condition: str) -> Tally:
    return replace(tally, applicable=f"{tally.applicable} AND {condition}")


def _share(grid: Grid, measure: Measure) -> Iterator[Tally]:
    if not measure.breakdowns:
        yield _tally(grid, measure, measure.counted, {"": sql_of(grid, measure.counted)})
        return
    for partner in network_codes():
        columns = {name: asked_of(name, partner) for name in _partner_questions(grid, measure)}
        counted = {"": sql_of(grid, measure.counted, columns)}
        tally = _tally(grid, measure, measure.counted, counted, partner, columns)
        # A network is no partner of its own.
        yield _among(tally, f"reseau <> {text_literal(partner)}")


def _partner_questions(grid: Grid, measure: Measure) -> list[str]:
    names = {name for text in measure.expressions for name in names_in(text)}
    return sorted(name for name in names if name in grid.questions and grid.questions[name].by_partner)


def _index(grid: Grid, measure: Measure) -> Iterator[Tally]:
    for key, item in measure.items.items():
        yield _tally(grid, measure, item.counted, {"": sql_of(grid, item.counted)}, key)


def _distribution(grid: Grid, measure: Measure) -> Iterator[Tally]:
    codes = {code: (code,) for code in measure.categories}
    favorable = {FAVORABLE: measure.favorable} if measure.favorable else {}
    yield _tally(grid, measure, measure.value, _by_code(grid, measure, codes | favorable))


def _diversity(grid: Grid, measure: Measure) -> Iterator[Tally]:
    """Every code that the value may take, so that one that nobody uses is known to weigh nothing."""
    [name] = names_in(measure.value)
    codes = {code: (code,) for code in codes_of(grid, grid.bases[measure.base].table, name)}
    yield _tally(grid, measure, measure.value, _by_code(grid, measure, codes))


def _by_code(grid: Grid, measure: Measure, codes: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """For each category, the condition that the value is one of its codes."""
    value, box = sql_of(grid, measure.value), _is_box(grid, measure)
    conditions = {}
    for category, members in codes.items():
        said = ", ".join(str(code == "oui").lower() if box else text_literal(code) for code in members)
        conditions[category] = f"({value}) IN ({said})"
    return conditions


def _is_box(grid: Grid, measure: Measure) -> bool:
    """Whether the value is a name that is true or false, whose categories the grid writes « oui » and « non »."""
    tree = Expression(measure.value).tree
    if not isinstance(tree, sql.Column):
        return False
    if tree.name in grid.questions:
        return grid.scale_of(tree.name).is_box
    return column_types(grid.bases[measure.base].table)[tree.name].type == "booleen"


def _quantiles(grid: Grid, measure: Measure) -> Iterator[Tally]:
    yield _histogram(grid, measure, measure.value, "")


def _histogram(grid: Grid, measure: Measure, value: str, group: str) -> Tally:
    # A wait is one row's, whatever the row weighs elsewhere.
    return replace(_tally(grid, measure, value, {}, group), histogram=sql_of(grid, value), weight="1")


def _gap(grid: Grid, measure: Measure) -> Iterator[Tally]:
    source = source_of(grid, measure)
    compared = measure.model_copy(update={"condition": _both(source.condition, measure.condition)})
    for side, only in (("groupe", measure.group), ("contre", measure.against)):
        yield _among(_histogram(grid, compared, source.value, side), _known(grid, only))


def _both(one: str, other: str) -> str:
    return f"({one}) and ({other})" if one and other else one or other


def _gain(grid: Grid, measure: Measure) -> Iterator[Tally]:
    before, after = sql_of(grid, measure.before), sql_of(grid, measure.after)
    counted = {
        "avant": before,
        "apres": after,
        "gagnes": f"({after}) AND NOT ({before})",
        "perdus": f"({before}) AND NOT ({after})",
    }
    yield _tally(grid, measure, f"({measure.before}) and ({measure.after})", counted)


def _ratio(grid: Grid, measure: Measure) -> Iterator[Tally]:
    yield replace(_tally(grid, measure, measure.total, {"": "true"}), summed=measure.total)


_BY_KIND: Mapping[Kind, Callable[[Grid, Measure], Iterator[Tally]]] = {
    "part": _share,
    "repartition": _distribution,
    "quantiles": _quantiles,
    "ecart": _gap,
    "diversite": _diversity,
    "gain": _gain,
    "indice": _index,
    "rapport_de_sommes": _ratio,
}
