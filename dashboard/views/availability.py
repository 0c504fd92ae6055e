"""Why a measure has no figure for a choice, when that is known before looking: not its level, or not its step."""

from __future__ import annotations

from dashboard.selection import Period, Unit
from dashboard.text import dates, numbers, words
from dashboard.views.catalogue import Indicator
from dashboard.views.measures import Measure

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
    return f"Ce chiffre se mesure par {words.STEPS[measure.pas[0]]}."


def year_of(period: Period) -> Period:
    """The year in which a quarter lies."""
    return Period(dates.YEAR, period.debut.replace(month=1, day=1))


def declined_by(indicator: Indicator, unit: Unit) -> str:
    """A sentence when the unit is a network that declines the indicator; empty otherwise."""
    return next(
        (f"{each.nom} décline cet indicateur : {each.reason}" for each in indicator.declined if each.reseau == unit.id),
        "",
    )
