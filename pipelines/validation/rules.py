"""The rules of a table, from its contract: each says in SQL which rows break it, and in French what to do.

Read on the view `controle` (see `views.py`), where a column keeps its staged text and has a typed twin `<column>__typee`.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlglot
from sqlglot import expressions as sql

from grids.contract import Column, Contract, Link, RowRule, allowed_values
from grids.register import network_codes
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
    links = [_link_rule(link) for link in contract.links]
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
    if column.at_most is not None:
        rules.append(_too_many(column))
    if column.alone:
        rules.append(_not_alone(column))
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


def _too_many(column: Column) -> Rule:
    return Rule(
        column.name,
        "trop_de_valeurs",
        f"len({column.name}{TYPED_SUFFIX}) > {column.at_most}",
        f"« {column.label} » porte plus de {column.at_most} réponses.",
        f"Gardez les {column.at_most} principales.",
    )


def _not_alone(column: Column) -> Rule:
    typed = column.name + TYPED_SUFFIX
    alone = ", ".join(map(text_literal, column.alone))
    named = " ou ".join(f"« {code} »" for code in column.alone)
    return Rule(
        column.name,
        "valeur_seule",
        f"len({typed}) > 1 AND list_has_any({typed}, [{alone}])",
        f"« {column.label} » dit {named} à côté d'une autre réponse.",
        f"Gardez {named} seul, ou retirez-le.",
    )


_LINKS = {
    ("structures", "structure_id"): (
        "structure_inconnue",
        "Cette structure n'est pas dans les profils livrés par le réseau.",
        "Livrez d'abord le profil de la structure, ou corrigez son identifiant.",
    ),
    ("unites", "unite_id"): (
        "structure_inconnue",
        "Cette unité n'est ni une structure des profils livrés par le réseau, ni le réseau lui-même.",
        "Vérifiez le niveau et l'identifiant ; une structure se dit d'abord par son profil, un réseau par son code.",
    ),
    ("grille", "mesure"): (
        "mesure_inconnue",
        "Cette mesure n'est dans aucune version de la grille.",
        "Écrivez-la comme la grille la nomme, par exemple « OR02.rendue ».",
    ),
    ("grille", "version"): (
        "version_inconnue",
        "Cette version de grille n'existe pas.",
        "Vérifiez le nom et la version de la grille qui a été posée.",
    ),
    ("grille", "question"): (
        "question_inconnue",
        "Cette question n'est pas dans la version de grille indiquée.",
        "Vérifiez l'identifiant de la question, ou la version de la grille.",
    ),
    ("grille", "valeur"): (
        "hors_echelle",
        "Cette réponse n'est pas sur l'échelle de la question.",
        "Vérifiez la réponse, ou la table de valeurs de la correspondance.",
    ),
}
"""By what a link points to and its column: the name of the rule, what is wrong, what to do."""


def link_rule_name(link: Link) -> str:
    """The name of the rule that a link makes."""
    return _LINKS[link.target, link.column][0]


def _link_rule(link: Link) -> Rule:
    name, sentence, remedy = _LINKS[link.target, link.column]
    return Rule(link.column, name, f"NOT {known_column(link)}", sentence, remedy)


def known_column(link: Link) -> str:
    """The column of the view `controle` that says whether a link finds its target."""
    return f"{link.column}__connue"
