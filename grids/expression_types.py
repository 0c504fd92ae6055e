"""What each part of an expression is (true or false, a number, a word, a list), and where it is taken for something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from sqlglot import expressions as sql

from grids.contract import Column
from grids.questions import Scale

Type = Literal["oui_non", "nombre", "mot", "liste"]
TypeOf = Callable[[str], Type | None]
"""The type of a column or question; None where it is not known, which another check tells."""
Fault = tuple[str, str]
"""What is wrong, what to do."""

_COLUMNS: dict[str, Type] = {"booleen": "oui_non", "entier": "nombre", "nombre": "nombre", "ensemble": "liste"}
_WORDS: dict[Type, str] = {
    "oui_non": "vrai ou faux",
    "nombre": "un nombre",
    "mot": "un mot",
    "liste": "une liste de mots",
}
_RESULTS: dict[str, Type] = {"nombre_vrais": "nombre", "nombre_parmi": "nombre"}
_FIRST: dict[str, Type] = {
    "contient": "liste", "contient_autre_que": "liste", "nombre_parmi": "liste", "nombre_vrais": "oui_non",
}  # fmt: skip
"""What a function is applied to, where it matters."""
_JOINED = (sql.And, sql.Or, sql.Not)
_COMPARED = (sql.EQ, sql.NEQ, sql.LT, sql.LTE, sql.GT, sql.GTE, sql.In)
_ADDED = (sql.Add, sql.Sub, sql.Neg)


def column_type(column: Column) -> Type:
    """The type of a column of the contract."""
    return _COLUMNS.get(column.type, "mot")


def scale_type(scale: Scale) -> Type:
    """The type of a question answered on `scale`."""
    if scale.is_box:
        return "oui_non"
    return "nombre" if scale.is_number else "mot"


def type_faults(tree: sql.Expr, type_of: TypeOf, expected: Type | None) -> Iterator[Fault]:
    """Each part of an expression that is taken for what it is not; `expected`: what the whole must be, if anything."""
    for node in tree.walk():
        if isinstance(node, _JOINED):
            yield from _must_be("oui_non", _terms(node), type_of)
        elif isinstance(node, _ADDED):
            yield from _must_be("nombre", _terms(node), type_of)
        elif isinstance(node, sql.Anonymous) and node.name.lower() in _FIRST:
            name = node.name.lower()
            applied = node.expressions if name == "nombre_vrais" else node.expressions[:1]
            yield from _must_be(_FIRST[name], applied, type_of)
        elif isinstance(node, _COMPARED):
            yield from _comparison_faults(node, type_of)
    if expected:
        yield from _must_be(expected, [tree], type_of)


def _comparison_faults(node: sql.Expr, type_of: TypeOf) -> Iterator[Fault]:
    first, *others = _terms(node)
    kind = _type(first, type_of)
    if kind == "liste":
        yield f"« {_said(first)} » est une liste de mots : elle ne se compare pas.", "Écrivez « contient(…, '…') »."
    elif kind == "oui_non":
        yield f"« {_said(first)} » est vrai ou faux : on ne le compare pas.", "Écrivez-le seul, ou « not » devant."
    elif kind:
        yield from _must_be(kind, others, type_of)


def _must_be(expected: Type, terms: list[sql.Expr], type_of: TypeOf) -> Iterator[Fault]:
    for term in terms:
        found = _type(term, type_of)
        if found and found != expected:
            yield (
                f"« {_said(term)} » est {_WORDS[found]}, là où il faut {_WORDS[expected]}.",
                _REMEDIES.get((found, expected), "Changez ce terme, ou ce qu'on en fait."),
            )


_REMEDIES: dict[tuple[Type, Type], str] = {
    ("mot", "nombre"): "Un nombre s'écrit sans guillemets.",
    ("nombre", "mot"): "Un mot s'écrit entre guillemets simples.",
    ("mot", "oui_non"): "Comparez-le : « … = '…' ».",
    ("nombre", "oui_non"): "Comparez-le : « … <= 5 », ou « favorable(…) » pour une question.",
    ("liste", "oui_non"): "Écrivez « contient(…, '…') ».",
}


def _type(node: sql.Expr, type_of: TypeOf) -> Type | None:
    if isinstance(node, sql.Paren):
        return _type(node.this, type_of)
    if isinstance(node, sql.Column):
        return type_of(node.name)
    if isinstance(node, sql.Literal):
        return "mot" if node.is_string else "nombre"
    if isinstance(node, sql.Anonymous):
        return _RESULTS.get(node.name.lower(), "oui_non")
    return "nombre" if isinstance(node, _ADDED) else "oui_non"


def _terms(node: sql.Expr) -> list[sql.Expr]:
    """What an operator is applied to, in the order of the text."""
    others = [*(node.args.get("expressions") or ()), node.args.get("expression")]
    return [node.this, *(term for term in others if term is not None)]


def _said(node: sql.Expr) -> str:
    return str(node.sql(dialect="duckdb"))
