"""Answers as one row a questionnaire and one column a question, so that a measure reads them as it reads a record.

A number of a scale becomes a whole number, a box true or false; an answer outside the scale is not recorded, and said apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grids.contract import column_types
from grids.model import Grid
from grids.questions import Scale
from grids.register import network_codes
from pipelines.staging import quoted, text_literal

OUTSIDE = "__hors_echelle"
"""Suffix of the column that says that a question was answered outside its scale ("pas concerné")."""
_ANSWER = ("reponse_ref", "reseau", "grille", "version", "question", "partenaire", "valeur")
"""Columns that tell answers of a questionnaire apart, or that all those counted share."""


def asked_of(question: str, partner: str) -> str:
    """The column of a question that is asked about each partner network."""
    return f"{question}@{partner}"


def literals(scale: Scale, codes: Iterable[str]) -> tuple[str, ...]:
    """Codes of a scale as SQL literals of the type that its column has."""
    if scale.is_box:
        return tuple(str(code == "oui").lower() for code in codes)
    return tuple(code if scale.is_number else text_literal(code) for code in codes)


def questionnaires_sql(grid: Grid, questions: Iterable[str]) -> str:
    """SQL for the questionnaires answered under this version: the contract's columns, then `questions` and their OUTSIDE.

    [questionnaire] A question asked about each partner network has one column for each (see asked_of).
    """
    asked = [each for question in questions for each in _columns_asked(grid, question)]
    heads = [name for name in column_types("reponses") if name not in _ANSWER]
    # The least of several values, where a questionnaire tells two: the same whatever the order of its rows.
    told = [f"min({name}) AS {name}" for name in heads]
    said = [f"min(CASE WHEN {condition} THEN valeur END) AS {quoted(name)}" for name, _, condition in asked]
    typed = [column for name, scale, _ in asked for column in _typed(name, scale)]
    return f"""SELECT reseau, {", ".join([*heads, *typed])}
      FROM (SELECT reseau, {", ".join([*told, *said])} FROM reponses
        WHERE grille = {text_literal(grid.id)} AND version = {text_literal(grid.version)} GROUP BY reseau, reponse_ref)"""


def _columns_asked(grid: Grid, question: str) -> Iterator[tuple[str, Scale, str]]:
    """(column, scale, condition on an answer) for each column of a question."""
    scale, asked = grid.scale_of(question), f"question = {text_literal(question)}"
    if not grid.questions[question].by_partner:
        yield question, scale, asked
        return
    for partner in network_codes():
        yield asked_of(question, partner), scale, f"{asked} AND partenaire = {text_literal(partner)}"


def _typed(name: str, scale: Scale) -> Iterator[str]:
    said = quoted(name)
    inside = f"{said} IN ({', '.join(map(text_literal, scale.values))})"
    outside = ", ".join(map(text_literal, scale.outside)) or "NULL"
    value = f"{said} = 'oui'" if scale.is_box else f"TRY_CAST({said} AS INTEGER)" if scale.is_number else said
    yield f"CASE WHEN {inside} THEN {value} END AS {said}"
    yield f"coalesce({said} IN ({outside}), false) AS {quoted(name + OUTSIDE)}"
