"""A criterion on one line: its lead measure's figure, how solid it is, what it was a year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from dashboard.selection import Selection
from dashboard.text import words
from dashboard.views import availability, changes, figures, sentences
from dashboard.views.catalogue import Criterion, Field
from dashboard.views.history import History
from dashboard.views.measures import Measure
from dashboard.views.values import ABSENT, SHARE_OF_RECEPTIONS, Value, Values

_STANDINGS = {
    "a_regarder": "À regarder ensemble",
    "stable": "Stable",
    "en_progres": "En progrès",
    "trop_tot": "Trop tôt pour conclure",
}


@dataclass(frozen=True)
class Standing:
    """Where a criterion stands: that of its worst measure; and the measure of its weakest share, if two compare."""

    words: str
    weakest: str | None = None

    def sentence(self, criterion: Criterion) -> str:
        """« À regarder ensemble ; point faible : « … ». »"""
        label = next((each.libelle for each in criterion.measures if each.id == self.weakest), "")
        return f"{self.words} ; point faible : « {label} »." if label else f"{self.words}."


Standings = Mapping[str, Standing]
"""Those of one unit and period, by criterion."""


def read_standings(frame: pl.DataFrame) -> Standings:
    """From quality.criteres of one unit and period."""
    rows = frame.select("critere", "statut", "point_faible").iter_rows()
    return {criterion: Standing(_STANDINGS[state], weakest) for criterion, state, weakest in rows}


@dataclass(frozen=True)
class CriterionLine:
    """A criterion as lists show it. `point` is empty where the measure only describes."""

    code: str
    title: str
    question: str
    sentence: str
    point: str = ""
    note: str = ""
    solidity: str = ""
    change: str = ""
    standing: str = ""
    value: Value = ABSENT
    is_share: bool = False
    sens: str = "neutre"


def criterion_line(
    criterion: Criterion, values: Values, selection: Selection, history: History, standings: Standings | None = None
) -> CriterionLine:
    """The line of a criterion for the unit and period chosen."""
    lead = criterion.lead(selection.unit.niveau)
    if lead is None:
        return _line(criterion, waiting(criterion))
    apart = availability.not_at_level(lead, selection.unit) or availability.not_by_step(lead, selection.period)
    if apart:
        return _line(criterion, f"{lead.libelle} : {apart[0].lower()}{apart[1:]}")
    line = _measured(criterion, lead, values, selection, history)
    standing = (standings or {}).get(criterion.code)
    return replace(line, standing=standing.sentence(criterion)) if standing else line


def waiting(criterion: Criterion) -> str:
    """Why a criterion has no measure at all."""
    reasons = dict.fromkeys(each.pending or "rien ne le compte" for each in criterion.indicators)
    return f"Pas encore mesuré : {' ; '.join(reasons)}" if reasons else "La grille n'y met encore aucun indicateur."


def _measured(
    criterion: Criterion, lead: Measure, values: Values, selection: Selection, history: History
) -> CriterionLine:
    unit, period = selection.unit, selection.period
    now = values.headline(lead, unit, period)
    described = lead.headline is None
    return CriterionLine(
        code=criterion.code,
        title=criterion.libelle,
        question=criterion.question,
        sentence=sentences.measure_sentence(lead, values, unit, period),
        point="" if described and now.shown else figures.point(now, lead.shown_unit),
        note="" if described else _note(lead, values, selection),
        solidity=figures.solidity(now, answers=lead.counts_answers),
        change="" if described else changes.short_change(lead, values, unit, period, history),
        value=ABSENT if described else now,
        is_share=lead.is_share,
        sens=lead.sens,
    )


def _note(lead: Measure, values: Values, selection: Selection) -> str:
    unit, period = selection.unit, selection.period
    share = values.aggregation(lead, unit, period) == SHARE_OF_RECEPTIONS
    without = words.FACT if lead.fait_d_organisation else "sans fourchette"
    value = values.headline(lead, unit, period)
    note = figures.range_note(value, lead.shown_unit, without=without)
    counted = words.aggregation(SHARE_OF_RECEPTIONS, answers=lead.counts_answers).lower()
    return ", ".join(filter(None, (note, counted if share else "", value.flag if value.shown else "")))


def _line(criterion: Criterion, sentence: str) -> CriterionLine:
    return CriterionLine(criterion.code, criterion.libelle, criterion.question, sentence)


def leads(fields: Sequence[Field], selection: Selection) -> list[Measure]:
    """The lead measures that can have a figure for the unit and period chosen, in the order of the grid."""
    found = (criterion.lead(selection.unit.niveau) for field in fields for criterion in field.criteria)
    return [
        lead for lead in found if lead and lead.shown_at(selection.unit.niveau) and lead.shown_by(selection.period.pas)
    ]
