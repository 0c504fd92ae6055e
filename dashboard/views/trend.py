"""A line through time with what is usual for it: its centre, its limits, the points that speak, what happened meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.text import dates, numbers
from dashboard.text.typography import capitalised
from dashboard.views import figures
from dashboard.views.behaviour import (
    BAD,
    GOOD,
    OUTSIDE,
    RUN_CHART,
    SHIFT,
    TREND,
    TWO_OF_THREE,
    Behaviour,
    Mark,
    tone_of,
)
from dashboard.views.legend import Key
from dashboard.views.measures import Measure
from dashboard.views.tables import Table
from dashboard.views.timeline import Moment, Timeline

TOO_EARLY = "Trop tôt pour conclure sur cette courbe : elle se lit point par point."
LABELS = {
    OUTSIDE: "hors des limites",
    TREND: "sept points de suite dans le même sens",
    TWO_OF_THREE: "deux points sur trois près d'une même limite",
    SHIFT: "sept points de suite du même côté du centre",
}
SYMBOLS = {OUTSIDE: "◆", TREND: "▲", TWO_OF_THREE: "■", SHIFT: "✚"}
_NATURES = {
    "nouveau_repere": "nouveau repère",
    "nouvel_outil": "nouvel outil",
    "fermeture": "fermeture",
    "autre": "ce qui s'est passé",
}
_TONES = {
    GOOD: Key("●", "bleu : dans le sens souhaité", GOOD),
    BAD: Key("●", "orange : dans le sens contraire", BAD),
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """What a person told of a unit: of one measure by its name (« OR02.rendue »), or of all where it is empty."""

    measure: str
    month: date
    nature: str
    reason: str


@dataclass(frozen=True)
class Happening:
    """An event on a chart: beside the moment of this index, under a letter that the note below takes up."""

    index: int
    letter: str
    note: str
    rebase: bool


@dataclass(frozen=True)
class Trend:
    """A timeline with, for each of its moments, the mark that the edition sets beside it (None: no point there)."""

    line: Timeline
    behaviour: Behaviour | None = None
    marks: tuple[Mark | None, ...] = ()
    happenings: tuple[Happening, ...] = ()

    @property
    def charted(self) -> bool:
        """Whether there is a centre to draw; without one it is a line to be read point by point."""
        return self.behaviour is not None and self.behaviour.concluded and any(self.marks)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said under the chart, in order."""
        early = () if self.charted else (TOO_EARLY,)
        return (*early, *(each.note for each in self.happenings), *(seam.note for seam in self.line.seams))

    @property
    def legend(self) -> tuple[Key, ...]:
        """The marks that this very chart holds, each in words."""
        if not self.charted or self.behaviour is None:
            return ()
        centre = "médiane" if self.behaviour.chart == RUN_CHART else "moyenne"
        keys = [Key("—", f"centre : {centre} des points")]
        if any(mark and mark.low is not None for mark in self.marks):
            keys.append(Key("- -", "limites de la variation habituelle"))
        present = {mark.label for mark in self.marks if mark}
        keys += [Key(symbol, LABELS[label]) for label, symbol in SYMBOLS.items() if label in present]
        tones = {self.tone(index) for index in range(len(self.marks))}
        return (*keys, *(key for tone, key in _TONES.items() if tone in tones))

    @property
    def alt(self) -> str:
        if not self.charted or self.behaviour is None:
            return f"{self.line.alt} {TOO_EARLY}"
        labelled = [
            f"{moment.label} : {self.label(index)}"
            for index, moment in enumerate(self.line.moments)
            if self.label(index)
        ]
        pointed = f"Points signalés : {' ; '.join(labelled)}." if labelled else "Aucun point signalé."
        happened = " ".join(each.note for each in self.happenings)
        return f"{self.line.alt} {self.behaviour.words} : {self.behaviour.why} {pointed} {happened}".strip()

    @property
    def table(self) -> Table:
        told = self.line.table
        if not self.charted:
            return told
        added = ("Centre", "Limites", "Point signalé")
        rows = tuple((*row, *self._told(index)) for index, row in enumerate(told.rows))
        return Table(told.caption, (*told.header, *added), rows)

    def label(self, index: int) -> str:
        """Why a moment is pointed out, in words; empty where it is not."""
        mark = self.marks[index] if index < len(self.marks) else None
        return LABELS[mark.label] if mark and mark.label else ""

    def tone(self, index: int) -> str:
        """GOOD or BAD for a moment that is pointed out where a direction is hoped for; empty otherwise."""
        mark = self.marks[index]
        if mark is None or not mark.label:
            return ""
        return tone_of(self.line.sens, rises=self.rises(index))

    def rises(self, index: int) -> bool:
        """Whether a moment that is pointed out goes up, or lies above its centre."""
        mark, value = self.marks[index], self.line.moments[index].value.valeur
        if mark is None or value is None:
            return False
        if mark.label == TREND:
            before = self._neighbour(index, -1)
            after = self._neighbour(index, 1)
            return before < value if before is not None else after is not None and after > value
        return mark.centre is not None and value > mark.centre

    def _neighbour(self, index: int, step: int) -> int | None:
        """The value of the moment beside one, where it belongs to the same run of seven."""
        beside = index + step
        if not 0 <= beside < len(self.marks):
            return None
        mark = self.marks[beside]
        return self.line.moments[beside].value.valeur if mark and mark.label == TREND else None

    def _told(self, index: int) -> tuple[str, str, str]:
        mark = self.marks[index]
        if mark is None:
            return "–", "–", "–"
        centre = numbers.number(mark.centre) if mark.centre is not None else "–"
        return centre, _limits(mark), capitalised(self.label(index)) or "–"


def _limits(mark: Mark) -> str:
    if mark.low is None or mark.high is None:
        return "–"
    return f"de {numbers.number(mark.low)} à {numbers.number(mark.high)}"


def trend_of(measure: Measure, line: Timeline, behaviour: Behaviour | None, events: Sequence[Event], pas: str) -> Trend:
    """A timeline of one step with what the edition says of it and of what happened."""
    marks: tuple[Mark | None, ...] = ()
    if behaviour is not None:
        marks = tuple(behaviour.marks.get((moment.measure_id, moment.start)) for moment in line.moments)
    return Trend(line, behaviour, marks, tuple(_happenings(measure, line.moments, events, pas)))


def _happenings(measure: Measure, moments: Sequence[Moment], events: Sequence[Event], pas: str) -> Iterable[Happening]:
    places = {moment.start: index for index, moment in enumerate(moments)}
    told = [
        (places[dates.first_day(pas, each.month)], each)
        for each in events
        if each.measure in ("", measure.name) and dates.first_day(pas, each.month) in places
    ]
    for order, (index, event) in enumerate(sorted(told, key=lambda pair: (pair[1].month, pair[1].nature))):
        letter = chr(ord("A") + order % 26)
        when = capitalised(dates.period_name(dates.MONTH, event.month))
        reason = event.reason if event.reason.endswith((".", "!", "?")) else f"{event.reason}."
        note = f"{letter}. {when}, {_NATURES.get(event.nature, _NATURES['autre'])} : {reason}"
        yield Happening(index, letter, note, event.nature == "nouveau_repere")


def read_events(frame: pl.DataFrame) -> tuple[Event, ...]:
    """From quality.evenements of one unit."""
    return tuple(Event(*row) for row in frame.select("mesure", "mois", "nature", "raison").iter_rows())


def last_point(trend: Trend, unit: str) -> str:
    """« dernier point : T4 2025, 81 % »; empty when nothing is drawn."""
    pointed = [each for each, mark in zip(trend.line.moments, trend.marks, strict=True) if mark]
    return f"Dernier point : {pointed[-1].label}, {figures.point(pointed[-1].value, unit)}." if pointed else ""
