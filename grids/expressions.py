"""The expression language of a grid: a small, closed part of SQL, parsed by sqlglot and refused outside its limits.

Operators `and or not = <> < <= > >= in + -`; functions `est_renseigne contient contient_autre_que nombre_parmi
nombre_vrais favorable`; names of columns or questions; texts, numbers. Compiling to a query is the pipelines' work.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sqlglot
from sqlglot import expressions as sql
from sqlglot.errors import SqlglotError

from grids.refusals import ValueRefused

FUNCTIONS = {
    "est_renseigne": 1, "contient": 2, "contient_autre_que": 2, "nombre_parmi": None, "nombre_vrais": None, "favorable": 1,
}  # fmt: skip
"""Each function of the language and how many arguments it takes (None: one or more)."""

_ALLOWED = (
    sql.And, sql.Or, sql.Not, sql.EQ, sql.NEQ, sql.LT, sql.LTE, sql.GT, sql.GTE, sql.In, sql.Add, sql.Sub, sql.Neg,
    sql.Paren, sql.Column, sql.Identifier, sql.Literal, sql.Anonymous,
)  # fmt: skip


@dataclass(frozen=True)
class Expression:
    """A parsed expression: its text as written, and the names (columns or questions) that it reads."""

    text: str

    @cached_property
    def tree(self) -> sql.Expr:
        return _parse(self.text)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted({column.name for column in self.tree.find_all(sql.Column)}))

    @cached_property
    def favorable_names(self) -> tuple[str, ...]:
        """The questions whose favourable side the expression asks for."""
        calls = [call for call in self.tree.find_all(sql.Anonymous) if call.name.lower() == "favorable"]
        return tuple(sorted({argument.name for call in calls for argument in call.expressions}))


def parse_expression(text: str) -> Expression:
    """`text` as an Expression; raises ValueRefused (a GridError) naming what the language does not have."""
    expression = Expression(text)
    _check(expression.tree, text)
    return expression


def _parse(text: str) -> sql.Expr:
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except SqlglotError:
        raise ValueRefused(
            f"L'expression « {text} » ne se lit pas.", remedy="Vérifiez parenthèses et guillemets."
        ) from None
    return tree


def _check(tree: sql.Expr, text: str) -> None:
    for node in tree.walk():
        if not isinstance(node, _ALLOWED):
            raise _refusal(
                f"« {node.sql(dialect='duckdb', normalize_functions=False)} » n'existe pas dans la langue des grilles",
                text,
            )
        if isinstance(node, sql.Anonymous):
            _check_call(node, text)
        if isinstance(node, sql.Column) and node.table:
            raise _refusal(f"« {node.sql()} » : un nom s'écrit sans point", text)


def _check_call(call: sql.Anonymous, text: str) -> None:
    name = call.name.lower()
    if name not in FUNCTIONS:
        raise _refusal(f"la fonction « {call.name} » n'existe pas (fonctions : {', '.join(FUNCTIONS)})", text)
    expected, given = FUNCTIONS[name], len(call.expressions)
    if given == 0 or (expected is not None and given != expected):
        raise _refusal(f"« {name} » attend {expected or 'au moins un'} terme(s), {given} donné(s)", text)
    first = call.expressions if name == "nombre_vrais" else call.expressions[:1]
    if not all(isinstance(argument, sql.Column) for argument in first):
        raise _refusal(f"« {name} » s'applique à un nom de colonne ou de question", text)
    codes = call.expressions[1:]
    if name == "nombre_parmi" and not (codes and all(isinstance(code, sql.Literal) for code in codes)):
        raise _refusal("« nombre_parmi » attend une liste, puis les mots à y compter", text)


def _refusal(reason: str, text: str) -> ValueRefused:
    return ValueRefused(
        f"Dans l'expression « {text} » : {reason}.",
        remedy="Écrivez-la autrement : grids/README.md, « La langue », dit ce qui existe.",
    )
