"""The first page: where things stand, one line for each criterion, in a column for each field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.selection import Period, Selection
from dashboard.text import dates, numbers
from dashboard.text.typography import uncapitalised
from dashboard.views import changes, figures, sentences
from dashboard.views.catalogue import Field
from dashboard.views.criteria import CriterionLine, Standings, criterion_line, leads
from dashboard.views.history import History
from dashboard.views.values import Values, overlap


@dataclass(frozen=True)
class FieldColumn:
    """A field and its criteria."""

    code: str
    title: str
    lines: tuple[CriterionLine, ...]


def columns(
    fields: Sequence[Field],
    values: Values,
    selection: Selection,
    history: History,
    standings: Standings | None = None,
) -> list[FieldColumn]:
    """One column for each field. `values` holds the selected period and the one a year before."""
    return [
        FieldColumn(
            field.code,
            field.libelle,
            tuple(criterion_line(criterion, values, selection, history, standings) for criterion in field.criteria),
        )
        for field in fields
    ]


def opening(fields: Sequence[Field], values: Values, selection: Selection, history: History) -> list[str]:
    """Where things stand: the first headline of the grid, then what moved since the year before."""
    unit, period = selection.unit, selection.period
    place, moved = sentences.place(unit, period), _movement(fields, values, selection, history)
    first = next(iter(leads(fields, selection)), None)
    if first is None:
        return [f"{place} : la grille n'a aucune mesure pour ce choix."]
    told, value = (
        uncapitalised(sentences.measure_sentence(first, values, unit, period)),
        values.headline(first, unit, period),
    )
    if not value.shown:
        return [f"{place} : {told}", moved]
    return [f"{place}, {told.removesuffix('.')} : {figures.figure(value, first.shown_unit)}.", moved]


def _movement(fields: Sequence[Field], values: Values, selection: Selection, history: History) -> str:
    unit, period = selection.unit, selection.period
    compared = {
        lead.libelle: overlap(
            values.headline(lead, unit, period), changes.year_before(lead, values, unit, period, history)
        )
        for lead in leads(fields, selection)
        if lead.headline is not None
    }
    apart = [name for name, shared in compared.items() if shared is False]
    together = [name for name, shared in compared.items() if shared]
    if not apart and not together:
        return f"Rien ne permet de comparer avec la situation {period.year_before.within}."
    since = f"Par rapport {_compared_with(period)}"
    if not apart:
        what = "toutes les fourchettes se recouvrent" if len(together) > 1 else "les fourchettes se recouvrent"
        return f"{since}, {what} : rien ne permet de dire que quelque chose a changé."
    names = numbers.listed(f"« {name} »" for name in apart)
    if len(apart) == 1:
        return f"{since}, une seule mesure a des fourchettes qui ne se recouvrent pas : {names}. Que s'est-il passé ?"
    count = numbers.spelled(len(apart), feminine=True)
    return f"{since}, les fourchettes ne se recouvrent pas pour {count} mesures : {names}. Que s'est-il passé ?"


def _compared_with(period: Period) -> str:
    before = period.year_before
    return f"au {before.name}" if before.pas == dates.QUARTER else f"à {before.within.removeprefix('en ')}"
