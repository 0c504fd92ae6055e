"""Whether an expression of a grid holds: its names exist, its codes may be met, its parts are what they are taken for."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

from sqlglot import expressions as sql

from grids.contract import allowed_values, column_types
from grids.expression_types import Type, column_type, scale_type, type_faults
from grids.expressions import Expression
from grids.model import Grid
from grids.register import network_codes

Fault = tuple[str, str, str]
"""Where, what is wrong, what to do."""
_FEW = 30


def expression_faults(grid: Grid, table: str, text: str, expected: Type | None, place: str) -> Iterator[Fault]:
    """Everything in `text`, over `table`, that cannot be; `expected`: what the whole must be, if anything."""
    expression = Expression(text)
    known = [*column_types(table), *(grid.questions if table == "reponses" else ())]
    for name in expression.names:
        if name in grid.questions and name not in known:
            told = f"« {name} » est une question, et cette base ne compte pas des réponses."
            yield place, told, "Changez de base, ou nommez une colonne du contrat."
        else:
            yield from unknown(name, known, place)
    for sentence, remedy in type_faults(expression.tree, lambda name: _type_of(grid, table, name), expected):
        yield place, sentence, remedy
    for name in expression.favorable_names:
        if name not in grid.questions or not grid.scale_of(name).favorable:
            yield (
                place,
                f"« favorable({name}) » demande une question dont l'échelle a un côté favorable.",
                "Nommez une question dont l'échelle dit « favorables ».",
            )
    for name, code in _compared(expression):
        codes = codes_of(grid, table, name)
        if codes and code not in codes:
            yield place, f"« {name} » ne vaut jamais « {code} ».", nearest(code, codes)


def codes_of(grid: Grid, table: str, name: str) -> tuple[str, ...]:
    """The codes that a name may take; empty where they are not listed."""
    if table == "reponses" and name in grid.questions:
        return tuple(grid.scale_of(name).values)
    column = column_types(table).get(name)
    return allowed_values(column, network_codes()) if column and column.type != "booleen" else ()


def unknown(name: str, register: Collection[str], place: str) -> Iterator[Fault]:
    """A fault if `name` is not in `register`."""
    if name not in register:
        yield place, f"« {name} » n'est défini nulle part.", nearest(name, register)


def nearest(name: str, register: Collection[str]) -> str:
    """What to write instead: the name that looks most like it, or all of them where they are few."""
    alike = difflib.get_close_matches(name, register, n=1, cutoff=0.7)
    if alike:
        return f"Vouliez-vous dire « {alike[0]} » ?"
    if len(register) <= _FEW:
        return f"Noms connus : {', '.join(register)}."
    return f"Noms connus : {', '.join(difflib.get_close_matches(name, register, n=5, cutoff=0))}…"


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


def _type_of(grid: Grid, table: str, name: str) -> Type | None:
    if table == "reponses" and name in grid.questions:
        return scale_type(grid.scale_of(name))
    column = column_types(table).get(name)
    return column_type(column) if column else None
