"""The sheet's conditions as formulas: the grid's expression language, said over the words displayed in the cells of a line.

What is not filled in is unknown, and a condition that needs it does not hold: its cell stays grey until then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import expressions as sql

from grids.errors import GridError
from grids.expressions import parse_expression


@dataclass(frozen=True)
class Cells:
    """Where a line holds a column of the contract (two cells where two choices are admitted), and by which words."""

    addresses: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    """Code → the words that the sheet displays for it."""

    def holds(self, code: str) -> str:
        """Formula: whether one of the cells says `code`."""
        return any_of([f"{cell}={quoted(word)}" for cell in self.addresses for word in self._words(code)])

    def holds_other_than(self, code: str) -> str:
        """Formula: whether one of the cells is filled in, and says something else than `code`."""
        return any_of(
            [
                all_of([f'{cell}<>""', *(f"{cell}<>{quoted(word)}" for word in self.words[code])])
                for cell in self.addresses
            ]
        )

    def _words(self, code: str) -> tuple[str, ...]:
        if code not in self.words:
            raise _unsayable(code)
        return self.words[code]

    def filled(self) -> str:
        """Formula: whether one of the cells is filled in."""
        return any_of([f'{cell}<>""' for cell in self.addresses])


def condition_formula(text: str, cells: Mapping[str, Cells]) -> str:
    """The formula (without "=") of a condition of the grid's language over the cells of a line, by column.

    Raises GridError for what a sheet cannot say: `not`, comparisons of numbers, counts.
    """
    return _said(parse_expression(text).tree, cells, text)


def quoted(text: str) -> str:
    """A text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'


def any_of(formulas: Sequence[str]) -> str:
    """A formula true where one of `formulas` is."""
    return formulas[0] if len(formulas) == 1 else f"OR({','.join(formulas)})"


def all_of(formulas: Sequence[str]) -> str:
    """A formula true where all `formulas` are."""
    return formulas[0] if len(formulas) == 1 else f"AND({','.join(formulas)})"


def _said(node: sql.Expr, cells: Mapping[str, Cells], text: str) -> str:
    sayer = _SAYERS.get(type(node))
    if sayer is None:
        raise _unsayable(text)
    return sayer(node, cells, text)


def _and(node: sql.Expr, cells: Mapping[str, Cells], text: str) -> str:
    return all_of([_said(node.this, cells, text), _said(node.expression, cells, text)])


def _or(node: sql.Expr, cells: Mapping[str, Cells], text: str) -> str:
    return any_of([_said(node.this, cells, text), _said(node.expression, cells, text)])


def _paren(node: sql.Expr, cells: Mapping[str, Cells], text: str) -> str:
    return _said(node.this, cells, text)


def _equal(node: sql.Expr, cells: Mapping[str, Cells], text: str) -> str:
    return _cells(node.this, cells, text).holds(node.expression.name)


def _different(node: sql.Expr, cells: Mapping[str, Cells], text: str) -> str:
    return _cells(node.this, cells, text).holds_other_than(node.expression.name)


def _among(node: sql.Expr, cells: Mapping[str, Cells], text: str) -> str:
    held = _cells(node.this, cells, text)
    return any_of([held.holds(each.name) for each in node.expressions])


def _call(node: sql.Expr, cells: Mapping[str, Cells], text: str) -> str:
    held = _cells(node.expressions[0], cells, text)
    name = node.name.lower()
    if name == "est_renseigne":
        return held.filled()
    if name == "contient":
        return held.holds(node.expressions[1].name)
    if name == "contient_autre_que":
        return held.holds_other_than(node.expressions[1].name)
    raise _unsayable(text)


_SAYERS: dict[type, Callable[[sql.Expr, Mapping[str, Cells], str], str]] = {
    sql.And: _and,
    sql.Or: _or,
    sql.Paren: _paren,
    sql.EQ: _equal,
    sql.NEQ: _different,
    sql.In: _among,
    sql.Anonymous: _call,
}


def _cells(node: sql.Expr, cells: Mapping[str, Cells], text: str) -> Cells:
    if not isinstance(node, sql.Column) or node.name not in cells:
        raise _unsayable(text)
    return cells[node.name]


def _unsayable(text: str) -> GridError:
    return GridError(
        f"La condition « {text} » ne peut pas se dire dans une feuille de calcul.",
        place="grids/contract/fiche.yaml",
        remedy="Utilisez =, <>, in, and, or, est_renseigne, contient, contient_autre_que.",
    )
