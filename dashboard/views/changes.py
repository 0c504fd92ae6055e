"""Two values of the same thing, set side by side: what was, and whether chance could tell them apart. Never a verdict."""

from __future__ import annotations

from dashboard.selection import Period, Unit
from dashboard.text.typography import capitalised
from dashboard.views import figures
from dashboard.views.history import History
from dashboard.views.measures import Measure
from dashboard.views.values import ABSENT, Value, Values, overlap


def year_before(measure: Measure, values: Values, unit: Unit, period: Period, history: History) -> Value:
    """The comparable value of the year before, under whatever version it was measured; ABSENT if none compares."""
    earlier = history.comparable(measure, period.year_before)
    if earlier is None:
        return ABSENT
    aggregation = values.aggregation(measure, unit, period)
    return values.get(earlier, unit, period.year_before, earlier.telling_category, aggregation)


def change_sentence(measure: Measure, values: Values, unit: Unit, period: Period, history: History) -> str:
    """The value of a year before, and whether the ranges overlap."""
    apart = history.why_apart(measure, period.year_before)
    if apart:
        return apart
    now, before = values.headline(measure, unit, period), year_before(measure, values, unit, period, history)
    return two_values_sentence(now, before, period, measure.shown_unit, ranged=measure.has_ranges)


def two_values_sentence(now: Value, before: Value, period: Period, unit: str, *, ranged: bool = True) -> str:
    """« 74 % en 2024 ; les fourchettes se recouvrent : … »"""
    if not before.shown or not now.shown:
        return f"Pas de valeur {period.year_before.within} : rien à comparer."
    fact = f"{capitalised(figures.point(before, unit))} {period.year_before.within}"
    if not ranged:
        return f"{fact}."
    shared = overlap(now, before)
    if shared is None:
        return f"{fact} ; sans fourchette, rien ne permet de comparer."
    if shared:
        return f"{fact} ; les fourchettes se recouvrent : rien ne permet de dire que cela a changé."
    return f"{fact} ; les fourchettes ne se recouvrent pas."


def short_change(measure: Measure, values: Values, unit: Unit, period: Period, history: History) -> str:
    """The same in a few words, for a line of a list; empty when nothing compares."""
    now, before = values.headline(measure, unit, period), year_before(measure, values, unit, period, history)
    if not now.shown or not before.shown:
        return ""
    was = f"{figures.point(before, measure.shown_unit)} {period.year_before.within}"
    if not measure.has_ranges:
        return was
    shared = overlap(now, before)
    if shared is None:
        return f"{was}, sans fourchette"
    return f"{was}, les fourchettes {'se recouvrent' if shared else 'ne se recouvrent pas'}"
