"""The edition that the networks read again: what one of them finds in it, beside what is already published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.selection import Period
from dashboard.text import dates, numbers
from dashboard.text.typography import capitalised
from dashboard.views.criteria import CriterionLine
from dashboard.views.tables import Table

NONE_UNDER_REVIEW = "Aucune édition n'est en relecture : tout ce qui est publié est définitif."
WHAT_IT_IS = (
    "Pendant une relecture, vous lisez ici vos chiffres avant tout le monde, critère par critère, à côté de ceux déjà "
    "publiés, et vous pouvez encore corriger vos livraisons. Ensuite, ils sont publiés et ne changent plus."
)
TO_DO = (
    "Un chiffre vous étonne ? Relisez l'accusé de vos livraisons, corrigez dans votre outil, exportez et livrez de nouveau : "
    "l'édition en relecture est refaite avec ce que vous avez livré.",
    "Si vos livraisons sont justes, dites-le à l'équipe qui anime la démarche : ce qui surprend est souvent ce qu'il y a de "
    "plus utile à comprendre ensemble.",
)
TO_COME = "La phrase de contexte et l'anomalie à signaler viendront avec le journal."
NOTHING_BESIDE = "Rien n'est encore publié à quoi la rapprocher."
_NONE = "rien de publié"
_MONTHS = {dates.MONTH: 1, dates.QUARTER: 3, dates.YEAR: 12}


@dataclass(frozen=True)
class Reviewed:
    """A closed period that its networks read again, until the day on which it becomes final."""

    period: Period
    final_on: date


def longest_first(found: Iterable[Reviewed]) -> list[Reviewed]:
    """Years, then quarters, then months, the latest of each first."""
    latest = sorted(found, key=lambda each: each.period.debut, reverse=True)
    return sorted(latest, key=lambda each: dates.COARSEST_FIRST.index(each.period.pas))


def previous(period: Period, published: Sequence[Period]) -> Period | None:
    """What a period is set beside: the same a year before if it is `published`, else the latest one before it."""
    if period.year_before in published:
        return period.year_before
    before = (each for each in published if each.pas == period.pas and each.debut < period.debut)
    return max(before, key=lambda each: each.debut, default=None)


def opening(found: Sequence[Reviewed], network: str) -> str:
    """« CIO : trois périodes en relecture ; elles seront définitives le 1er mars 2026. »"""
    if len(found) == 1:
        only = found[0]
        return f"{network} : {only.period.name} en relecture, chiffres définitifs le {dates.day(only.final_on)}."
    days = {each.final_on for each in found}
    which = "elles" if len(days) == 1 else "les premières"
    count = numbers.spelled(len(found), feminine=True)
    return f"{network} : {count} périodes en relecture ; {which} seront définitives le {dates.day(min(days))}."


def until(reviewed: Reviewed) -> str:
    """Until when a period can be corrected, and what happens then."""
    return (
        f"Ces chiffres ({reviewed.period.name}) peuvent encore changer. Le {dates.day(reviewed.final_on)}, "
        "ils seront publiés et ne changeront plus."
    )


def announced(found: Sequence[Reviewed]) -> str:
    """What the other parts of the page say while something is in review; nothing otherwise."""
    if not found:
        return ""
    first = min(each.final_on for each in found)
    return (
        f"Une édition est en relecture jusqu'au {dates.day(first)} : lisez-y vos chiffres avant qu'ils soient publiés."
    )


def sentence(network: str, period: Period) -> str:
    """What a file of figures in review says of itself."""
    return f"{network}, {period.name}, édition en relecture : ces chiffres peuvent encore changer, à ne pas diffuser."


def next_review(last: Period, closing_days: int, review_days: int) -> str:
    """When the period that follows the `last` published one closes, so that its review begins."""
    following = Period(last.pas, _after(last, 1))
    opens = _after(last, 2) - timedelta(days=1) + timedelta(days=closing_days)
    return (
        f"La prochaine relecture peut s'ouvrir à partir du {dates.day(opens)}, {closing_days} jours après la fin de la "
        f"période : {following.name}. Elle durera {numbers.spelled(review_days)} jours."
    )


def reviewed_table(
    now: Sequence[CriterionLine], reviewed: Period, before: Sequence[CriterionLine], published: Period | None
) -> Table:
    """A row for each criterion: its figure in the period reviewed, that of the published one, how solid the first is."""
    earlier = {line.code: told(line) for line in before}
    beside = f"{capitalised(published.name)}, publié" if published else "Déjà publié"
    header = (
        "Critère",
        f"{capitalised(reviewed.name)}, en relecture",
        beside,
        "Sur quoi repose le chiffre en relecture",
    )
    rows = tuple((line.title, told(line), earlier.get(line.code, _NONE), line.solidity or "–") for line in now)
    return Table("Vos chiffres en relecture, critère par critère", header, rows)


def told(line: CriterionLine) -> str:
    """« 76 %, entre 71 et 80 % », « non diffusé »; a sentence where the criterion has no figure of its own."""
    return ", ".join(filter(None, (line.point, line.note))) or line.sentence


def _after(period: Period, steps: int) -> date:
    """The first day of the period that comes some steps later."""
    months = period.debut.month - 1 + steps * _MONTHS[period.pas]
    return date(period.debut.year + months // 12, months % 12 + 1, 1)
