"""A criterion of one structure on a line: its figure, how it varies, and its network and the region as context."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard.selection import Period, Selection, Unit
from dashboard.text.typography import capitalised
from dashboard.views import figures, practice_profile
from dashboard.views.behaviour import Behaviour
from dashboard.views.catalogue import Criterion, Field
from dashboard.views.criteria import CriterionLine, Standing, criterion_line, waiting
from dashboard.views.history import History
from dashboard.views.measures import INDEX, NEVER, TOGETHER, Measure
from dashboard.views.structure_periods import Slice, comparable_in
from dashboard.views.values import ABSENT, Value

_MASKED = "masque"


@dataclass(frozen=True)
class Places:
    """The structure, the network it belongs to, the region: whose figures stand side by side."""

    structure: Unit
    network: Unit
    region: Unit


@dataclass(frozen=True)
class SheetLine:
    """One criterion: `line` as lists show it, for the measure and period that stand for it.

    `when` is empty for the period of the sheet; `network` and `region` hold the same figure for others, ABSENT where the
    measure is not compared; `beside` tells them in words; `kept_back`: what the criterion would rather say and may not.
    """

    line: CriterionLine
    measure: Measure | None = None
    period: Period | None = None
    when: str = ""
    network: Value = ABSENT
    region: Value = ABSENT
    beside: tuple[str, ...] = ()
    variation: Behaviour | None = None
    standing: Standing | None = None
    kept_back: str = ""

    @property
    def hidden(self) -> bool:
        """Whether the figure may not be shown."""
        return self.line.value.etat == _MASKED

    @property
    def trend(self) -> str:
        """How the figure varies, in words; the year before where no chart can tell; else where the criterion stands."""
        if self.variation is not None and self.variation.concluded:
            return self.variation.words
        return capitalised(self.line.change) or (self.standing.words if self.standing else "")

    @property
    def icon(self) -> str:
        """An arrow or a sign beside the words of a chart; empty without one."""
        concluded = self.variation is not None and self.variation.concluded
        return self.variation.icon(self.line.sens) if concluded and self.variation else ""

    @property
    def tone(self) -> str:
        """« good » or « bad » where the measure has a hoped-for direction; empty otherwise."""
        return self.variation.tone if self.variation is not None and self.variation.concluded else ""


@dataclass(frozen=True)
class FieldLines:
    """A field and the lines of its criteria, in the order of the grid."""

    title: str
    lines: tuple[SheetLine, ...]


def field_lines(
    fields: Iterable[Field], slices: Sequence[Slice], places: Places, history: History
) -> tuple[FieldLines, ...]:
    """A line for each criterion that a structure can be told of.

    The finest period that has a figure comes first; in it, what stands for the criterion on all pages.
    """
    return tuple(
        FieldLines(field.libelle, tuple(_line(each, slices, places, history) for each in field.criteria))
        for field in fields
    )


def _line(criterion: Criterion, slices: Sequence[Slice], places: Places, history: History) -> SheetLine:
    candidates = [each for each in criterion.measures if each.shown_at(places.structure.niveau) and each.genre != INDEX]
    if not candidates:
        return SheetLine(_unmeasured(criterion))
    told = _told(criterion, candidates, slices, places, history)
    if told is None:
        return _hidden_line(criterion, candidates, slices, places, history)
    return _told_line(criterion, *told, slices, places, history)


def _told(
    criterion: Criterion, candidates: list[Measure], slices: Sequence[Slice], places: Places, history: History
) -> tuple[Measure, Slice] | None:
    """The measure that stands for the criterion, in the finest period where one has a figure."""
    for each in slices:
        asked = [now for one in candidates for now, _ in comparable_in(one, [each], history)]
        shown = [one for one in asked if each.values.headline(one, places.structure, each.period).shown]
        # A fact of organisation has a place of its own lower on the sheet: it stands for a criterion in default only.
        counted = [one for one in shown if not one.fait_d_organisation]
        lead = _among(criterion, counted or shown).lead(places.structure.niveau)
        if lead is not None:
            return lead, each
    return None


def _told_line(
    criterion: Criterion, measure: Measure, slice_: Slice, slices: Sequence[Slice], places: Places, history: History
) -> SheetLine:
    period, values = slice_.period, slice_.values
    selection = Selection(places.structure, period)
    line = criterion_line(_among(criterion, [measure]), values, selection, history)
    if measure.fait_d_organisation:
        line = _as_a_fact(line, measure, slice_, places)
    network, region = (_of_others(measure, slice_, unit, places) for unit in (places.network, places.region))
    return SheetLine(
        line=line,
        measure=measure,
        period=period,
        when="" if period == slices[0].period else period.name,
        network=network,
        region=region,
        beside=_beside(measure, ((f"réseau {places.network.nom}", network), (places.region.nom, region))),
        variation=slice_.findings.behaviour(measure, period.pas),
        standing=None if measure.fait_d_organisation else slice_.standings.get(criterion.code),
        kept_back=_kept_back(criterion, slices, places, history),
    )


def _hidden_line(
    criterion: Criterion, candidates: list[Measure], slices: Sequence[Slice], places: Places, history: History
) -> SheetLine:
    """A criterion without any figure: drawn as such, with what the network and the region say in the longest period."""
    lead = _among(criterion, candidates).lead(places.structure.niveau)
    longest = slices[-1]
    asked = comparable_in(lead, [longest], history) if lead else []
    if not asked:
        return SheetLine(_unmeasured(criterion))
    measure = asked[0][0]
    drawn = _told_line(criterion, measure, longest, slices, places, history)
    value = longest.values.headline(measure, places.structure, longest.period)
    point = figures.point(value, measure.shown_unit)
    line = replace(drawn.line, sentence=f"{measure.libelle}.", point=point, value=value, note="", change="")
    return replace(drawn, line=line, variation=None, kept_back="")


def _as_a_fact(line: CriterionLine, measure: Measure, slice_: Slice, places: Places) -> CriterionLine:
    answer, _ = practice_profile.answer_of(measure, slice_.values, places.structure, slice_.period)
    return replace(line, sentence=f"{measure.libelle} : {answer}.", point=capitalised(answer), is_share=False)


def _of_others(measure: Measure, slice_: Slice, unit: Unit, places: Places) -> Value:
    """The figure of the network or the region, where the grid compares; the region's only where it compares them all."""
    if measure.comparaison == NEVER or (unit == places.region and measure.comparaison != TOGETHER):
        return ABSENT
    if measure.headline is None:
        return ABSENT
    return slice_.values.headline(measure, unit, slice_.period)


def _beside(measure: Measure, others: Iterable[tuple[str, Value]]) -> tuple[str, ...]:
    counted = " des structures" if measure.fait_d_organisation else ""
    return tuple(
        capitalised(f"{name} : {figures.figure(value, measure.shown_unit)}{counted if value.shown else ''}")
        for name, value in others
        if value is not ABSENT
    )


def _kept_back(criterion: Criterion, slices: Sequence[Slice], places: Places, history: History) -> str:
    """« Personnes qui … : non diffusé », where what stands for the criterion on other pages is hidden in every period."""
    lead = criterion.lead(places.structure.niveau)
    if lead is None or lead.genre == INDEX:
        return ""
    asked = comparable_in(lead, slices, history)
    cells = [each.values.headline(now, places.structure, each.period) for now, each in asked]
    if not cells or any(each.told for each in cells) or cells[-1].etat != _MASKED:
        return ""
    return f"{lead.libelle} : {figures.point(cells[-1], lead.shown_unit)}."


def _unmeasured(criterion: Criterion) -> CriterionLine:
    told = "Montré par réseau et pour la région seulement." if criterion.measures else waiting(criterion)
    return CriterionLine(criterion.code, criterion.libelle, criterion.question, told)


def _among(criterion: Criterion, measures: Sequence[Measure]) -> Criterion:
    """The criterion with some of its measures only, in the order of the grid."""
    kept = tuple(replace(each, measures=_of(each.id, measures)) for each in criterion.indicators)
    return replace(criterion, indicators=kept)


def _of(indicator: str, measures: Sequence[Measure]) -> tuple[Measure, ...]:
    return tuple(each for each in measures if each.indicateur_id == indicator)
