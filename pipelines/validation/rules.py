"""The rules of a table, from its contract: each says in SQL which rows break it, and in French what to do.

Read on the view `controle` (see `views.py`), where a column keeps its staged text and has a typed twin `<column>__typee`.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlglot
from sqlglot import expressions as sql

from grids.contract import Column, Contract, RowRule, allowed_values
from grids.network import network_codes
from pipelines.compiled import compile_expression
from pipelines.staging import UNKNOWN, UNREADABLE, text_literal

TYPED_SUFFIX = "__typee"


@dataclass(frozen=True)
class Rule:
    """One rule: `breach` is the SQL condition of a row that breaks it."""

    column: str
    name: str
    breach: str
    sentence: str
    remedy: str


def rules_of(contract: Contract) -> tuple[Rule, ...]:
    """Every rule of a table: by column, across columns, across tables."""
    by_column = [rule for column in contract.columns for rule in _column_rules(column)]
    across = [_row_rule(rule) for rule in contract.rules]
    links = [_link_rule(link.column) for link in contract.links]
    return (*by_column, *across, *links)


def _column_rules(column: Column) -> list[Rule]:
    rules = [_required(column)] if column.required else []
    if column.type in ("code", "booleen"):
        rules.append(_known_code(column))
    elif column.type in ("ensemble", "commune", "reponse"):
        rules.append(_unmarked(column))
    if column.type not in ("code", "booleen", "ensemble", "commune", "reference"):
        rules.append(_readable(column))
    if column.minimum is not None or column.maximum is not None:
        rules.append(_within(column))
    return rules


def _required(column: Column) -> Rule:
    return Rule(
        column.name,
        "obligatoire",
        f"{column.name} IS NULL",
        f"« {column.label} » est vide alors qu'il faut une valeur.",
        "Complétez cette case dans votre outil, puis exportez de nouveau.",
    )


def _known_code(column: Column) -> Rule:
    known = ", ".join(text_literal(code) for code in allowed_values(column, network_codes()))
    return _unknown_word(column, f"{column.name} NOT IN ({known})")


def _unmarked(column: Column) -> Rule:
    return _unknown_word(column, f"contains({column.name}, '{UNKNOWN}')")


def _unknown_word(column: Column, breach: str) -> Rule:
    return Rule(
        column.name,
        "code_inconnu",
        breach,
        f"« {column.label} » porte un mot que la correspondance ne connaît pas.",
        "Corrigez le mot dans votre outil, ou ajoutez-le à la correspondance du réseau.",
    )


def _readable(column: Column) -> Rule:
    return Rule(
        column.name,
        "illisible",
        f"{column.name} = '{UNREADABLE}'",
        f"« {column.label} » ne se lit pas : date impossible, nombre mal écrit ou identifiant mal formé.",
        "Vérifiez la valeur dans votre outil (une date s'écrit JJ/MM/AAAA).",
    )


def _within(column: Column) -> Rule:
    return Rule(
        column.name,
        "hors_bornes",
        f"{column.name}{TYPED_SUFFIX} NOT BETWEEN {column.minimum} AND {column.maximum}",
        f"« {column.label} » sort des bornes ({column.minimum} à {column.maximum}).",
        "Vérifiez les dates ou le nombre saisis.",
    )


def _row_rule(rule: RowRule) -> Rule:
    condition, consequence = (_on_typed(compile_expression(text)) for text in (rule.condition, rule.consequence))
    return Rule(rule.column, rule.id, f"({condition}) AND NOT ({consequence})", rule.label, rule.remedy)


def _on_typed(compiled: str) -> str:
    """A compiled expression, read on the typed twins."""
    tree = sqlglot.parse_one(compiled, dialect="duckdb")
    bound = {parameter.name for each in tree.find_all(sql.Lambda) for parameter in each.expressions}
    for column in list(tree.find_all(sql.Column)):
        if column.name not in bound:
            column.replace(sql.column(column.name + TYPED_SUFFIX))
    return tree.sql(dialect="duckdb")


def _link_rule(column: str) -> Rule:
    return Rule(
        column,
        "structure_inconnue",
        "NOT structure_connue",
        "Cette structure n'est pas dans les profils livrés par le réseau.",
        "Livrez d'abord le profil de la structure, ou corrigez son identifiant.",
    )
