"""What the reader looks at: a territory and a period, kept in the URL so that a view can be shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from dashboard.text import dates, language

TERRITORY = "territoire"
PERIOD = "periode"
CRITERION = "critere"
ACCORDING_TO = "selon"
LOST = "introuvable"
READER = "lecteur"
LANGUAGE = language.PARAMETER

T = TypeVar("T")


@dataclass(frozen=True)
class Unit:
    """The region, a département, a network; or a structure, to whoever sees it by name."""

    niveau: str
    id: str
    nom: str


@dataclass(frozen=True)
class Period:
    """A closed period: a year, a quarter or a month."""

    pas: str
    debut: date

    @property
    def code(self) -> str:
        """« 2025 », « 2025-T4 » or « 2025-03 », as in the URL."""
        return dates.period_code(self.pas, self.debut)

    @property
    def name(self) -> str:
        return dates.period_name(self.pas, self.debut)

    @property
    def within(self) -> str:
        return dates.in_period(self.pas, self.debut)

    @property
    def year_before(self) -> Period:
        """The comparable period of the year before: a quarter is compared with the same quarter."""
        return Period(self.pas, self.debut.replace(year=self.debut.year - 1))

    def within_a(self, pas: str) -> Period:
        """The period of a coarser step in which it lies."""
        return Period(pas, dates.first_day(pas, self.debut))

    def last_of_step(self, pas: str, periods: Sequence[Period]) -> Period | None:
        """The latest of `periods` of a step that shares days with it; None if there is none."""
        shared = (
            each
            for each in periods
            if each.pas == pas and (each.within_a(self.pas) == self or self.within_a(pas) == each)
        )
        return max(shared, key=lambda each: each.debut, default=None)


@dataclass(frozen=True)
class Selection:
    """One unit and one period, with what the URL asked for and could not be given, in sentences.

    `reader`: as whom the reader chose to look, as in the URL; empty where that is not open to choice. `language`: the
    code of the one that is read, empty for French.
    """

    unit: Unit
    period: Period
    refusals: tuple[str, ...] = ()
    reader: str = ""
    language: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The URL parameters that bring back this selection."""
        chosen = {TERRITORY: self.unit.id, PERIOD: self.period.code}
        spoken = {LANGUAGE: self.language} if self.language else {}
        return ({READER: self.reader} if self.reader else {}) | chosen | spoken


def read(params: Mapping[str, str], units: Sequence[Unit], periods: Sequence[Period], own: str = "") -> Selection:
    """The selection that URL parameters ask for among what can be shown; anything else falls back, with a sentence.

    `units` has the region first; `periods` the default one first; `own`: the unit that the reader looks at first, if any.
    """
    first = next((unit for unit in units if unit.id == own), units[0])
    unit, refused_unit = _among({unit.id: unit for unit in units}, params.get(TERRITORY), first)
    period, refused_period = _among({period.code: period for period in periods}, params.get(PERIOD), periods[0])
    refusals = []
    if params.get(LOST):
        refusals.append("La page demandée n'existe pas : voici la synthèse.")
    if refused_unit:
        refusals.append(f"Le territoire « {refused_unit} » n'est pas dans cette édition : voici {unit.nom}.")
    if refused_period:
        refusals.append(f"La période « {refused_period} » n'est pas dans cette édition : voici {period.name}.")
    spoken = language.asked(params)
    kept = "" if spoken == language.FRENCH else spoken
    return Selection(unit, period, tuple(refusals), params.get(READER, ""), kept)


def _among(known: Mapping[str, T], asked: str | None, default: T) -> tuple[T, str]:
    if not asked or asked in known:
        return known.get(asked or "", default), ""
    return default, asked[:40]
