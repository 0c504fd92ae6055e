"""Whether a grid holds together: every name it uses exists, every code is one that may be met, every measure has its words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from sqlglot import expressions as sql

from grids.clauses import load_clauses
from grids.contract import allowed_values, column_types
from grids.errors import GridError
from grids.expressions import Expression
from grids.kinds import complaints
from grids.model import PROCESS, Grid, Indicator, Measure
from grids.register import network_codes

Fault = tuple[str, str, str]
"""Where, what is wrong, what to do."""


def check_coherence(grid: Grid, path: Path) -> None:
    """Raise GridError, with file and place, for the first thing in `grid` that cannot be."""
    for place, sentence, remedy in faults(grid):
        raise GridError(sentence, place=f"{path.parent.name}/{path.name} ({place})", remedy=remedy)


def faults(grid: Grid) -> Iterator[Fault]:
    """Everything in a grid that cannot be, from its criteria to its measures."""
    yield from _frame_faults(grid)
    for name, base in grid.bases.items():
        if base.condition:
            yield from _expression_faults(grid, base.table, base.condition, f"bases › {name} › si")
        if base.unit:
            yield from _unknown(base.unit, column_types(base.table), f"bases › {name} › unite")
    for name, indicator in grid.indicators.items():
        yield from _indicator_faults(grid, indicator, f"indicateurs › {name}")
        for measure_name, measure in indicator.measures.items():
            yield from _measure_faults(grid, measure, f"indicateurs › {name} › mesures › {measure_name}")


def _frame_faults(grid: Grid) -> Iterator[Fault]:
    for name, criterion in grid.criteria.items():
        yield from _unknown(criterion.field, grid.field_labels, f"criteres › {name} › champ")
    for name, scale in grid.scales.items():
        for code in scale.favorable:
            yield from _unknown(code, scale.values, f"echelles › {name} › favorables")
    for name, question in grid.questions.items():
        yield from _unknown(question.scale, grid.scales, f"questions › {name} › echelle")
    for name, asked in grid.profile.items():
        for column in asked.columns:
            yield from _unknown(column, column_types("structures"), f"profil › {name} › colonnes")


def _indicator_faults(grid: Grid, indicator: Indicator, place: str) -> Iterator[Fault]:
    yield from _unknown(indicator.criterion, grid.criteria, f"{place} › critere")
    for clause in (*indicator.clauses, *indicator.approached):
        yield from _unknown(clause, load_clauses(), f"{place} › clauses")
    criterion = grid.criteria.get(indicator.criterion)
    if not (indicator.clauses or indicator.approached):
        yield f"{place} › clauses", "Cet indicateur ne témoigne d'aucune clause.", "Dites laquelle, ou retirez-le."
    if indicator.computed and criterion and criterion.field != PROCESS:
        yield f"{place} › calcul", f"« calcul » est réservé au champ « {PROCESS} ».", "Donnez des « mesures »."
    if not (indicator.measures or indicator.computed or indicator.pending):
        yield (
            f"{place} › mesures",
            "Rien ne dit ce qui est mesuré.",
            "Donnez des « mesures », ou dites « pas_encore » et pourquoi.",
        )


def _measure_faults(grid: Grid, measure: Measure, place: str) -> Iterator[Fault]:
    unknown_base = list(_unknown(measure.base, grid.bases, f"{place} › base"))
    yield from unknown_base
    if unknown_base or measure.pending:
        return
    yield from ((place, sentence, remedy) for sentence, remedy in complaints(measure))
    base = grid.bases[measure.base]
    for text in measure.expressions:
        yield from _expression_faults(grid, base.table, text, place)
    for column in filter(None, (measure.total, measure.offered)):
        yield from _unknown(column, column_types("structures"), place)
    if measure.total and not base.unit:
        yield (
            place,
            "Un rapport de sommes a besoin d'une base qui a une « unite ».",
            "Dites par quoi diviser, dans la base.",
        )
    for code in measure.favorable:
        yield from _unknown(code, measure.categories, f"{place} › favorables")
    if measure.of:
        yield from _source_faults(grid, measure, place)
    for level in measure.levels:
        yield from _unknown(level, base.levels, f"{place} › niveaux")


def _source_faults(grid: Grid, measure: Measure, place: str) -> Iterator[Fault]:
    """The measure that a gap is taken of must be a delay on the same base."""
    indicator, _, name = measure.of.partition(".")
    source = grid.indicators[indicator].measures.get(name) if indicator in grid.indicators else None
    if source is None or source.kind != "quantiles":
        yield (
            f"{place} › de",
            f"« {measure.of} » n'est pas une mesure de genre « quantiles ».",
            "Écrivez par exemple « OR02.rendue ».",
        )
    elif source.base != measure.base:
        yield f"{place} › de", f"« {measure.of} » porte sur une autre base.", f"Mettez base: « {source.base} »."


def _expression_faults(grid: Grid, table: str, text: str, place: str) -> Iterator[Fault]:
    expression = Expression(text)
    known = set(column_types(table)) | (set(grid.questions) if table == "reponses" else set())
    for name in expression.names:
        yield from _unknown(name, known, place)
    for name in expression.favorable_names:
        if name not in grid.questions or not grid.scale_of(name).favorable:
            yield (
                place,
                f"« favorable({name}) » demande une question dont l'échelle a un côté favorable.",
                "Nommez une question dont l'échelle dit « favorables ».",
            )
    for name, code in _compared(expression):
        codes = _codes(grid, table, name)
        if codes and code not in codes:
            yield place, f"« {name} » ne vaut jamais « {code} ».", f"Valeurs possibles : {', '.join(codes)}."


def _compared(expression: Expression) -> Iterator[tuple[str, str]]:
    """Each name with a code that the expression compares it with."""
    for node in expression.tree.find_all(sql.EQ, sql.NEQ, sql.In, sql.Anonymous):
        terms = (
            [*node.expressions]
            if isinstance(node, sql.Anonymous)
            else [node.this, *node.args.get("expressions", ()), node.args.get("expression")]
        )
        names = [term.name for term in terms if isinstance(term, sql.Column)]
        codes = [term.name for term in terms if isinstance(term, sql.Literal)]
        if len(names) == 1:
            yield from ((names[0], code) for code in codes)


def _codes(grid: Grid, table: str, name: str) -> tuple[str, ...]:
    """The codes that a name may take; empty where they are not listed."""
    if table == "reponses" and name in grid.questions:
        return tuple(grid.scale_of(name).values)
    column = column_types(table).get(name)
    return allowed_values(column, network_codes()) if column and column.type != "booleen" else ()


def _unknown(name: str, register: Collection[str], place: str) -> Iterator[Fault]:
    if name not in register:
        yield place, f"« {name} » n'est défini nulle part.", f"Noms connus : {', '.join(sorted(register))}."
