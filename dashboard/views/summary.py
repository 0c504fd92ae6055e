"""The first page: where things stand, one line for each criterion, what the edition cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.selection import Period, Selection, Unit
from dashboard.text import numbers
from dashboard.text.typography import capitalised, uncapitalised
from dashboard.views import figures, sentences
from dashboard.views.measures import Criterion, Field, Measure
from dashboard.views.two_views import two_views
from dashboard.views.values import ABSENT, SHARE_OF_RECEPTIONS, Value, Values, overlap


@dataclass(frozen=True)
class CriterionLine:
    """A criterion as the first page shows it."""

    title: str
    measure: str
    sentence: str
    point: str
    note: str
    solidity: str
    change: str
    two_views: str
    value: Value
    is_share: bool
    sens: str


@dataclass(frozen=True)
class FieldColumn:
    """A field and its criteria."""

    code: str
    title: str
    lines: tuple[CriterionLine, ...]


def columns(fields: Sequence[Field], values: Values, selection: Selection) -> list[FieldColumn]:
    """One column for each field. `values` holds the selected period and the one a year before."""
    return [
        FieldColumn(
            field.code,
            field.libelle,
            tuple(_line(criterion, values, selection.unit, selection.period) for criterion in field.criteria),
        )
        for field in fields
    ]


def _line(criterion: Criterion, values: Values, unit: Unit, period: Period) -> CriterionLine:
    lead = criterion.lead
    now = values.headline(lead, unit, period)
    before = values.headline(lead, unit, period.year_before, like=period)
    described = lead.headline is None
    return CriterionLine(
        title=criterion.libelle,
        measure=lead.libelle,
        sentence=sentences.measure_sentence(lead, values, unit, period),
        point="" if described and now.shown else figures.point(now, lead.unite),
        note="" if described else _note(lead, values, unit, period),
        solidity=figures.solidity(now, answers=lead.counts_answers),
        change="" if described else sentences.change_sentence(now, before, period, lead.unite),
        two_views=two_views(criterion, values, unit, period),
        value=ABSENT if described else now,
        is_share=lead.is_share,
        sens=lead.sens,
    )


def _note(lead: Measure, values: Values, unit: Unit, period: Period) -> str:
    now = values.headline(lead, unit, period)
    share = values.aggregation(lead, unit, period) == SHARE_OF_RECEPTIONS
    return ", ".join(filter(None, (figures.range_note(now, lead.unite), "part des accueils" if share else "")))


def opening(fields: Sequence[Field], values: Values, selection: Selection) -> list[str]:
    """Where things stand: the first field's headline, then what moved since the year before."""
    unit, period = selection.unit, selection.period
    first = fields[0].criteria[0].lead
    told = uncapitalised(sentences.measure_sentence(first, values, unit, period))
    value = values.headline(first, unit, period)
    place = sentences.place(unit, period)
    if not value.shown:
        return [f"{place} : {told}", _movement(fields, values, unit, period)]
    return [
        f"{place}, {told.removesuffix('.')} : {figures.figure(value, first.unite)}.",
        _movement(fields, values, unit, period),
    ]


def _movement(fields: Sequence[Field], values: Values, unit: Unit, period: Period) -> str:
    leads = [criterion.lead for field in fields for criterion in field.criteria if criterion.lead.headline is not None]
    shared = [
        overlap(values.headline(lead, unit, period), values.headline(lead, unit, period.year_before, like=period))
        for lead in leads
    ]
    compared = [state for state in shared if state is not None]
    apart = [lead.libelle for lead, state in zip(leads, shared, strict=True) if state is False]
    if not compared:
        return f"Rien ne permet de comparer avec la situation {period.year_before.within}."
    since = f"Par rapport {_compared_with(period)}"
    if not apart:
        return f"{since}, toutes les fourchettes se recouvrent : rien ne permet de dire que quelque chose a changé."
    names = numbers.listed(f"« {name} »" for name in apart)
    if len(apart) == 1:
        return f"{since}, une seule mesure a des fourchettes qui ne se recouvrent pas : {names}. Que s'est-il passé ?"
    count = capitalised(numbers.spelled(len(apart), feminine=True))
    return f"{since}, les fourchettes ne se recouvrent pas pour {count.lower()} mesures : {names}. Que s'est-il passé ?"


def _compared_with(period: Period) -> str:
    before = period.year_before
    return f"à {before.debut.year}" if before.code.isdigit() else f"au {before.name}"


def unsaid(fields: Sequence[Field], values: Values, units: Sequence[Unit], selection: Selection) -> list[str]:
    """What this edition cannot say in the period: hidden and missing headlines, measure by measure, in words."""
    notes = []
    for measure in (measure for field in fields for criterion in field.criteria for measure in criterion.measures):
        silent = [unit for unit in units if not values.headline(measure, unit, selection.period).shown]
        if silent:
            notes.append(_silence(measure, values, silent, selection.period))
    return notes


def _silence(measure: Measure, values: Values, units: Sequence[Unit], period: Period) -> str:
    by_word: dict[str, list[str]] = {}
    for unit in units:
        word = figures.point(values.headline(measure, unit, period), measure.unite)
        by_word.setdefault(word, []).append(unit.nom)
    said = " ; ".join(f"{word} pour {numbers.listed(names)}" for word, names in by_word.items())
    return f"{measure.libelle} : {said}."
