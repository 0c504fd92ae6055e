"""What the committee is told that the figures cannot say."""

from __future__ import annotations

from dashboard.text import numbers
from dashboard.views.catalogue import Indicator
from dashboard.views.matter import Matter, Statement


def what_cannot_be_said(matter: Matter, _taken: frozenset[str]) -> Statement:
    """How many indicators wait, are told elsewhere or have no figure here; how few answered; about how many answers an
    action still misses; and that nothing speaks of those who did not come.
    """
    every = matter.indicators
    kinds = [_kind(matter, each) for each in every]
    counted = numbers.listed(_spelled(kinds.count(kind), words) for kind, words in _UNSAID.items() if kind in kinds)
    answering = matter.findings.participation
    missing = max((each.effect.get("manque") or 0 for each in matter.findings.actions), default=0)
    parts = (
        f"Sur {len(every)} indicateurs, {counted}." if counted else "",
        f"{answering.words}." if answering else "",
        f"Il manque environ {numbers.number(missing)} réponses pour juger d'une action." if missing else "",
        "Ces chiffres ne parlent que des personnes venues.",
    )
    return matter.elsewhere(" ".join(filter(None, parts)), "Cahier des charges vivant", "cahier-des-charges")


_UNSAID = {
    "waiting": ("n'est pas encore mesuré", "ne sont pas encore mesurés"),
    "elsewhere": ("ne se lit pas pour ce choix", "ne se lisent pas pour ce choix"),
    "silent": ("n'a rien qui puisse être montré", "n'ont rien qui puisse être montré"),
}
"""Why an indicator says nothing here, for one and for several."""


def _spelled(count: int, said: tuple[str, str]) -> str:
    return f"{numbers.spelled(count)} {said[count > 1]}"


def _kind(matter: Matter, indicator: Indicator) -> str:
    """The key of `_UNSAID` under which an indicator falls; empty where it has a figure."""
    unit, period = matter.selection.unit, matter.selection.period
    if not indicator.measures:
        return "waiting"
    able = [each for each in indicator.measures if each.shown_at(unit.niveau) and each.shown_by(period.pas)]
    if not able:
        return "elsewhere"
    return "" if any(matter.value(each).told for each in able) else "silent"
