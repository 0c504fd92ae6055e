"""One measure of one unit, period after period: a hidden one leaves a gap, a changed definition a break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dashboard.selection import Period, Unit
from dashboard.text import dates, words
from dashboard.text.typography import capitalised
from dashboard.views import figures
from dashboard.views.comparison import axis_title
from dashboard.views.history import Stage
from dashboard.views.measures import Measure
from dashboard.views.tables import Table
from dashboard.views.values import MEAN_OF_STRUCTURES, SHARE_OF_RECEPTIONS, Value, Values

BROKEN = "définition changée : ne se compare pas"


@dataclass(frozen=True)
class Moment:
    """One period's value, and the version of the grid under which it was measured."""

    label: str
    value: Value
    version: str = ""
    measure_id: str = ""
    start: date = date.min


@dataclass(frozen=True)
class Seam:
    """Where a version takes over: before the moment of this index. `joined`: the series goes on."""

    index: int
    label: str
    version: str
    joined: bool
    reason: str

    @property
    def words(self) -> str:
        return f"grille {self.version}" if self.joined else BROKEN

    @property
    def note(self) -> str:
        """« À partir du T1 2025 (grille 2025.1), la série continue. La question et le calcul ne changent pas. »"""
        what = "la série continue" if self.joined else BROKEN
        return f"À partir {dates.of(self.label)} (grille {self.version}), {what}. {self.reason}".strip()


@dataclass(frozen=True)
class Timeline:
    """Moments in the order of time, with nothing left out, and the seams between versions."""

    title: str
    place: str
    step: str
    unite: str
    sens: str
    axis: str
    header: str
    moments: tuple[Moment, ...]
    seams: tuple[Seam, ...] = ()

    @property
    def alt(self) -> str:
        said = " ; ".join(f"{moment.label} : {figures.figure(moment.value, self.unite)}" for moment in self.moments)
        notes = " ".join(seam.note for seam in self.seams)
        return f"Graphique, {self.title}, {self.place}, par {self.step}, {self.axis}, valeur et fourchette. {said}. {notes}"

    @property
    def table(self) -> Table:
        header = (capitalised(self.step), self.header, "Fourchette", *(("Grille",) if self.seams else ()))
        rows = tuple(
            (
                moment.label,
                figures.point(moment.value, self.unite),
                ", ".join(filter(None, (figures.range_note(moment.value, self.unite), moment.value.flag))) or "–",
                *((moment.version,) if self.seams else ()),
            )
            for moment in self.moments
        )
        return Table(f"{self.title}, {self.place}, par {self.step}", header, rows)


def through_time(
    measure: Measure,
    values: Values,
    unit: Unit,
    periods: Sequence[Period],
    stages: Sequence[Stage] = (),
    *,
    aggregation: str = "",
) -> Timeline:
    """The headline of a unit in each period of one step, the oldest first, under the version of each `stage`.

    `aggregation`: how the whole line is counted, where the edition has settled it.
    Periods that no stage covers are left out: nothing was measured then. An earlier stage in another unit is left out too.
    """
    kept = _drawable(measure, stages)
    told = _measured(measure, kept, periods)
    how = aggregation or _one_aggregation(values, unit, told)
    moments = tuple(
        Moment(
            dates.period_short(period.pas, period.debut),
            values.get(each, unit, period, each.telling_category, how),
            each.version,
            each.id,
            period.debut,
        )
        for each, period in told
    )
    return Timeline(
        title=measure.libelle,
        place=unit.nom,
        step=words.STEPS[periods[0].pas] if periods else "",
        unite=measure.shown_unit,
        sens=measure.sens,
        axis=axis_title(measure, how),
        header=words.aggregation(
            how, answers=measure.counts_answers, fact=measure.fait_d_organisation and measure.is_share
        ),
        moments=moments,
        seams=_seams(moments, kept),
    )


def _drawable(measure: Measure, stages: Sequence[Stage]) -> list[Stage]:
    """The last stages, as far back as they have a figure in the measure's own unit."""
    kept: list[Stage] = []
    for stage in reversed(stages):
        if stage.measure.headline is None or stage.measure.shown_unit != measure.shown_unit:
            break
        kept.insert(0, stage)
    return kept


def _measured(measure: Measure, stages: Sequence[Stage], periods: Sequence[Period]) -> list[tuple[Measure, Period]]:
    ordered = sorted(periods, key=lambda period: period.debut)
    if not stages:
        return [(measure, period) for period in ordered]
    return [(stage.measure, period) for period in ordered for stage in stages if stage.version.covers(period.debut)]


def _seams(moments: Sequence[Moment], stages: Sequence[Stage]) -> tuple[Seam, ...]:
    by_version = {stage.measure.version: stage for stage in stages}
    changes = [index for index, (one, two) in enumerate(pairwise(moments), 1) if one.version != two.version]
    return tuple(
        Seam(
            index,
            moments[index].label,
            moments[index].version,
            by_version[moments[index].version].joined,
            by_version[moments[index].version].reason,
        )
        for index in changes
    )


def _one_aggregation(values: Values, unit: Unit, told: Sequence[tuple[Measure, Period]]) -> str:
    # A line never goes from one way of counting to another: the share only where no mean can be shown at all.
    any_told = {
        how: any(values.get(each, unit, period, each.telling_category, how).told for each, period in told)
        for how in (MEAN_OF_STRUCTURES, SHARE_OF_RECEPTIONS)
    }
    return (
        SHARE_OF_RECEPTIONS
        if any_told[SHARE_OF_RECEPTIONS] and not any_told[MEAN_OF_STRUCTURES]
        else MEAN_OF_STRUCTURES
    )
