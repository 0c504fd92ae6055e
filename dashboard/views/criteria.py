"""A criterion on one line: its lead measure's figure, how solid it is, what it was a year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from dashboard.selection import Selection
from dashboard.text import numbers, words
from dashboard.text.typography import uncapitalised
from dashboard.views import availability, changes, figures, sentences
from dashboard.views.behaviour import TOO_EARLY, VARIATIONS
from dashboard.views.catalogue import Criterion, Field
from dashboard.views.history import History
from dashboard.views.measures import Measure
from dashboard.views.moves import Line
from dashboard.views.values import ABSENT, SHARE_OF_RECEPTIONS, Value, Values

TO_LOOK_AT = "a_regarder"
STILL_TOO_EARLY = "…"
_STANDINGS = {
    TO_LOOK_AT: "À regarder ensemble",
    "stable": "Stable",
    "en_progres": "En progrès",
    "trop_tot": "Trop tôt pour conclure",
}


@dataclass(frozen=True)
class Standing:
    """Where a criterion stands: that of its worst measure; and the measure of its weakest share, if two compare.

    `state`: its code in the release.
    """

    words: str
    weakest: str | None = None
    state: str = ""

    def sentence(self, criterion: Criterion) -> str:
        """« À regarder ensemble ; point faible : « … ». »"""
        weak = self.weak_point(criterion)
        return f"{self.words} ; {uncapitalised(weak)}" if weak else f"{self.words}."

    def weak_point(self, criterion: Criterion) -> str:
        """« Point faible : « … ». »; empty where there are not two shares to compare."""
        label = next((each.libelle for each in criterion.measures if each.id == self.weakest), "")
        return f"Point faible : « {label} »." if label else ""


Standings = Mapping[str, Standing]
"""Those of one unit and period, by criterion."""


def read_standings(frame: pl.DataFrame) -> Standings:
    """From quality.criteres of one unit and period."""
    rows = frame.select("critere", "statut", "point_faible").iter_rows()
    return {criterion: Standing(_STANDINGS[state], weakest, state) for criterion, state, weakest in rows}


def as_of(standings: Standings, *, latest: bool) -> Standings:
    """The same, said as of today beside an earlier period: a standing is that of the lines as they are in this edition."""
    if latest:
        return standings
    return {code: replace(each, words=f"{each.words} aujourd'hui") for code, each in standings.items()}


@dataclass(frozen=True)
class Icon:
    """A sign that the words beside it make superfluous, in the tone in which it is drawn."""

    symbol: str
    words: str
    tone: str = ""


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
    weak_point: str = ""
    coverage: str = ""
    icons: tuple[Icon, ...] = ()
    value: Value = ABSENT
    is_share: bool = False
    sens: str = "neutre"

    @property
    def standing_beside_icons(self) -> str:
        """The standing, without what an icon already says in the same words; else as that of more than the icon's figure."""
        if not self.standing or any(self.standing.startswith(each.words) for each in self.icons):
            return self.weak_point
        return f"Tout le critère : {uncapitalised(self.standing)}" if self.icons else self.standing


def criterion_line(
    criterion: Criterion,
    values: Values,
    selection: Selection,
    history: History,
    standings: Standings | None = None,
    lines: Mapping[str, Line] | None = None,
) -> CriterionLine:
    """The line of a criterion for the unit and period chosen; `lines` through time, where they are told, by measure."""
    lead = criterion.lead(selection.unit.niveau)
    if lead is None:
        return _line(criterion, waiting(criterion))
    apart = availability.not_at_level(lead, selection.unit) or availability.not_by_step(lead, selection.period)
    if apart:
        return _line(criterion, f"{lead.libelle} : {apart[0].lower()}{apart[1:]}")
    line = _measured(criterion, lead, values, selection, history)
    if lines is not None and lead.headline is not None:
        line = replace(line, icons=icons(lead, lines.get(lead.id)))
    standing = (standings or {}).get(criterion.code)
    if standing is None:
        return line
    return replace(line, standing=standing.sentence(criterion), weak_point=standing.weak_point(criterion))


def icons(measure: Measure, line: Line | None) -> tuple[Icon, ...]:
    """How the line of a measure varies, then how it stands beside the threshold that the networks chose, if they did."""
    if line is None:
        return (Icon(STILL_TOO_EARLY, VARIATIONS[TOO_EARLY]),)
    told = line.behaviour
    varies = Icon(told.icon(measure.sens), told.words, told.tone)
    return (varies, Icon(told.assurance_icon, told.assurance_words)) if told.assurance else (varies,)


def coverage(value: Value) -> str:
    """« 30 structures sur 40 ont un chiffre »; empty where it is not known or nothing is shown."""
    if not value.shown or not value.structures or not value.structures_attendues:
        return ""
    plural = value.structures > 1
    have = "structures" if plural else "structure"
    verb = "ont" if plural else "a"
    return (
        f"{numbers.number(value.structures)} {have} sur {numbers.number(value.structures_attendues)} {verb} un chiffre"
    )


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
        coverage=coverage(now),
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
