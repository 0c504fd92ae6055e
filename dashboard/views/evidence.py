"""What each indicator says beside a clause of the specification, for the unit and period chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.selection import Selection
from dashboard.text.typography import uncapitalised
from dashboard.views import availability, figures, sentences
from dashboard.views.catalogue import Criterion, Field, Indicator
from dashboard.views.measures import Measure
from dashboard.views.values import Values
from grids.model import Grid


@dataclass(frozen=True)
class Evidence:
    """An indicator beside a clause: the measure that speaks for it, what it says now, the criterion that shows it.

    `field`, `criterion`: empty for an indicator of the process, which is read on the page itself.
    """

    id: str
    name: str
    told: str
    subject: str = ""
    field: str = ""
    criterion: str = ""
    approaching: bool = False

    @property
    def sentence(self) -> str:
        """The whole of it on one line, for a file."""
        near = ", s'en approche" if self.approaching else ""
        return f"{self.id} {self.name}{near} : {f'{self.subject}, ' if self.subject else ''}{self.told}"


class Evidences:
    """What each indicator of a version says of the unit and period chosen. `process`: indicator → its sentence."""

    def __init__(
        self, grid: Grid, fields: Sequence[Field], process: Mapping[str, str], values: Values, selection: Selection
    ) -> None:
        self._grid, self._process, self._values, self._selection = grid, process, values, selection
        self._found = {each.id: (field, criterion, each) for field, criterion, each in _indicators(fields)}

    def beside(self, clause: str, carrying: Sequence[str], approaching: Sequence[str]) -> tuple[Evidence, ...]:
        """The indicators of a clause: those that carry it, those that wait for their data, those that come near."""
        waiting = (name for name, each in self._grid.indicators.items() if each.pending and clause in each.clauses)
        named = dict.fromkeys((*carrying, *waiting), False) | dict.fromkeys(approaching, True)
        return tuple(self._evidence(name, approaching=near) for name, near in named.items())

    def _evidence(self, name: str, *, approaching: bool) -> Evidence:
        written = self._grid.indicators[name]
        if name not in self._found:
            told = self._process.get(name) or _waiting(written.pending)
            return Evidence(name, written.label, told, approaching=approaching)
        field, criterion, indicator = self._found[name]
        subject, told = _told(indicator, self._values, self._selection)
        return Evidence(name, written.label, told, subject, field.code, criterion.code, approaching)


def _indicators(fields: Sequence[Field]) -> Iterator[tuple[Field, Criterion, Indicator]]:
    for field in fields:
        for criterion in field.criteria:
            for indicator in criterion.indicators:
                yield field, criterion, indicator


def _waiting(reason: str) -> str:
    return f"pas encore mesuré : {uncapitalised(reason or 'Ses données ne sont pas encore livrées.')}".removesuffix(".")


def _told(indicator: Indicator, values: Values, selection: Selection) -> tuple[str, str]:
    """The first measure of an indicator that may be shown, and what it says of the unit and period chosen."""
    if indicator.pending or not indicator.measures:
        return "", _waiting(indicator.pending or next((each.reason for each in indicator.waiting), ""))
    reasons = {each: _apart(each, indicator, selection) for each in indicator.measures}
    measure = next((each for each, reason in reasons.items() if not reason), indicator.measures[0])
    return measure.libelle, reasons[measure] or _figure(measure, values, selection)


def _apart(measure: Measure, indicator: Indicator, selection: Selection) -> str:
    """Why a measure has no figure for the choice, when that is known before looking."""
    unit, period = selection.unit, selection.period
    apart = availability.not_at_level(measure, unit) or availability.not_by_step(measure, period)
    return (availability.declined_by(indicator, unit) or uncapitalised(apart)).removesuffix(".")


def _figure(measure: Measure, values: Values, selection: Selection) -> str:
    unit, period = selection.unit, selection.period
    value = values.headline(measure, unit, period)
    if measure.headline is None and value.shown:
        told = sentences.measure_sentence(measure, values, unit, period)
        return told.removeprefix(f"{measure.libelle} : ").removesuffix(".")
    return figures.figure(value, measure.shown_unit)
