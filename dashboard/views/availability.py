"""Why a measure has no figure for a choice, when that is known before looking: not its level, or not its step."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dashboard.access import DEPARTMENT
from dashboard.selection import Period, Unit
from dashboard.text import dates, numbers, words
from dashboard.views.catalogue import Indicator
from dashboard.views.measures import Measure

DEPARTMENTS_BY_YEAR = "Les chiffres d'un département se lisent par année seulement."
TEAM_ONLY = "Montré à l'équipe de chaque structure seulement."


def not_at_level(measure: Measure, unit: Unit) -> str:
    """A sentence when the measure is never shown for such a unit; empty otherwise."""
    if measure.shown_at(unit.niveau):
        return ""
    if measure.niveaux == ("structure",):
        return TEAM_ONLY
    return f"Montré {numbers.listed(words.LEVELS[each] for each in measure.niveaux)} seulement."


def not_by_step(measure: Measure, period: Period) -> str:
    """A sentence when the measure is never told for such a period; empty otherwise."""
    if measure.shown_by(period.pas):
        return ""
    steps = steps_of(measure)
    return f"Ce chiffre se mesure {steps}." if len(measure.pas) == 1 else f"Ce chiffre se mesure {steps} seulement."


def steps_of(measure: Measure) -> str:
    """« par trimestre et par année »: the steps by which a measure is told."""
    known = (pas for pas in reversed(dates.COARSEST_FIRST) if measure.shown_by(pas))
    return numbers.listed(f"par {words.STEPS[pas]}" for pas in known)


def longer(period: Period, periods: Collection[Period], measure: Measure | None = None) -> list[Period]:
    """The longer periods in which one lies, the shortest first, among `periods`; those by which `measure` is told."""
    steps = reversed(dates.COARSEST_FIRST[: dates.COARSEST_FIRST.index(period.pas)])
    found = (period.within_a(pas) for pas in steps if measure is None or measure.shown_by(pas))
    return [each for each in found if each in periods]


def by_year_only(unit: Unit, period: Period) -> str:
    """A sentence when a unit is never told for such a period; empty otherwise."""
    return DEPARTMENTS_BY_YEAR if unit.niveau == DEPARTMENT and period.pas != dates.YEAR else ""


def units_told(units: Sequence[Unit], period: Period) -> list[Unit]:
    """The units that a period tells."""
    return [unit for unit in units if not by_year_only(unit, period)]


def declined_by(indicator: Indicator, unit: Unit) -> str:
    """A sentence when the unit is a network that declines the indicator; empty otherwise."""
    return next(
        (f"{each.nom} décline cet indicateur : {each.reason}" for each in indicator.declined if each.reseau == unit.id),
        "",
    )
