"""What a delivery lets one compute that its network's earlier deliveries did not, and what is still missing.

A measure needs every name that it or its base reads, in one and the same delivery: columns of two exports make no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from grids.contract import load_contract
from grids.expressions import Expression
from grids.model import Grid, Measure
from grids.questions import Question
from pipelines.receipt import Receipt
from pipelines.receipts.words import listed

_WITHOUT_MEASURE = {
    "structures": "Ces profils permettent de rattacher les accueils et les réponses à leurs structures.",
    "frequentation": "Ces comptes servent à la page de fréquentation, jamais à la qualité.",
    "actions": "Ces actions servent à regarder, des mois après, si ce qui devait changer a changé.",
    "evenements": "Ces événements se lisent à côté des courbes, pour qu'une rupture connue ne passe pas pour un résultat.",
}


def unlocked_sentences(receipt: Receipt, earlier: Sequence[Receipt], grid: Grid) -> tuple[str, ...]:
    """In French: what can now be computed, what still can, what no longer can, which column is missing for the others."""
    if not receipt.counts:
        return ()
    if receipt.contrat in _WITHOUT_MEASURE:
        return (_WITHOUT_MEASURE[receipt.contrat],)
    present, before = delivered(receipt), {delivered(each) for each in earlier}
    asked = [measure for measure in _measures(grid, receipt.contrat) if _concerned(measure, present, grid)]
    possible = [measure for measure in asked if names_read(measure, grid) <= present]
    known = [measure for measure in asked if any(names_read(measure, grid) <= each for each in before)]
    return (
        *_told("Avec cette livraison, on peut désormais calculer", [each for each in possible if each not in known]),
        *_told("On peut toujours calculer", [each for each in possible if each in known]),
        *(_missing(each, present, grid, lost=each in known) for each in asked if each not in possible),
    )


def delivered(receipt: Receipt) -> frozenset[str]:
    """The columns that a delivery fills, and the questions that it answers; a column with only empty cells gives nothing."""
    if receipt.mesures is None:
        return frozenset(receipt.colonnes)
    filled = {name for name in receipt.colonnes if receipt.mesures.remplissage.get(name, 1)}
    return frozenset(filled | set(receipt.mesures.questions))


def names_read(measure: Measure, grid: Grid) -> frozenset[str]:
    """The columns and questions without which a measure cannot be computed, its base's included."""
    texts = (grid.bases[measure.base].condition, *measure.expressions)
    return frozenset(name for text in texts if text for name in _names(text))


@cache
def _names(text: str) -> tuple[str, ...]:
    return Expression(text).names


def _measures(grid: Grid, table: str) -> list[Measure]:
    return [measure for _, _, measure in grid.measures() if grid.bases[measure.base].table == table]


def _concerned(measure: Measure, present: frozenset[str], grid: Grid) -> bool:
    """A questionnaire answered on the spot is not told that the one sent after a month is missing."""
    asked = [grid.questions[name] for name in names_read(measure, grid) if name in grid.questions]
    answered = {key for name in present & set(grid.questions) for key in _asked_of(grid.questions[name])}
    return not asked or any(answered & set(_asked_of(each)) for each in asked)


def _asked_of(question: Question) -> list[tuple[str, str]]:
    """Who answers a question, and when."""
    return [(respondent, question.wave) for respondent in question.respondents]


def _told(opening: str, measures: Sequence[Measure]) -> tuple[str, ...]:
    labels = ", ".join(f"« {measure.label} »" for measure in measures)
    return (f"{opening} : {labels}.",) if measures else ()


def _missing(measure: Measure, present: frozenset[str], grid: Grid, *, lost: bool) -> str:
    table = grid.bases[measure.base].table
    missing = sorted(names_read(measure, grid) - present)
    columns = [_label(name, table, grid) for name in missing]
    one = len(missing) == 1
    if any(name in grid.questions for name in missing):
        what = f"la réponse à {listed(columns)}" if one else f"les réponses à {listed(columns)}"
    else:
        what = f"la colonne {listed(columns)}" if one else f"les colonnes {listed(columns)}"
    opening = "Il manque cette fois" if lost else "Il manque encore"
    return f"{opening} {what} pour calculer « {measure.label} »."


def _label(name: str, table: str, grid: Grid) -> str:
    if name in grid.questions:
        return grid.questions[name].text.rstrip(".")
    column = load_contract(table).column(name)
    return column.label if column else name
