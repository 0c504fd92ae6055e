"""How each structure that the reader sees by name is organised: a row each, in words, with a mark for who reads fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.selection import Period, Unit
from dashboard.text import words
from dashboard.text.typography import capitalised
from dashboard.views.measures import DISTRIBUTION, SHARE, Measure
from dashboard.views.structures import Structure
from dashboard.views.tables import Table
from dashboard.views.values import OF_ONE_STRUCTURE, Values

KEY = "● oui · ◐ en partie, ou pas partout · ○ non. Sans signe : aucune réponse n'est meilleure qu'une autre."
_YES, _PARTLY, _NO = "●", "◐", "○"
_REFUSALS = ("non", "0")
_WHO = "Structures qui "


def facts(measures: Iterable[Measure]) -> list[Measure]:
    """Those that a structure describes of its own organisation, answer by answer, in the order of the grid."""
    return [each for each in measures if each.fait_d_organisation and each.genre in (SHARE, DISTRIBUTION)]


def facts_table(measures: Sequence[Measure], structures: Sequence[Structure], values: Values, period: Period) -> Table:
    """Structure × fact of organisation, both in the order given."""
    rows = tuple(
        (each.nom, *(_cell(measure, values, each.unit, period) for measure in measures)) for each in structures
    )
    header = ("Structure", *(_short(measure.libelle) for measure in measures))
    return Table(f"Organisation, telle que chaque structure la décrit, {period.name}", header, rows)


def _short(label: str) -> str:
    return capitalised(label.removeprefix(_WHO))


def _cell(measure: Measure, values: Values, unit: Unit, period: Period) -> str:
    if measure.genre == SHARE:
        return _yes_or_no(measure, values, unit, period)
    chosen = [each for each in measure.categories if _is_held(measure, values, unit, period, each.code)]
    if not chosen:
        return _silence(measure, values, unit, period)
    answer = chosen[0]
    return f"{_mark(measure, answer.code, favourable=answer.favorable)} {answer.libelle}".strip()


def _mark(measure: Measure, code: str, *, favourable: bool) -> str:
    if not any(each.favorable for each in measure.categories):
        return ""
    if code in _REFUSALS:
        return _NO
    first = [each.code for each in measure.categories if each.favorable]
    return _YES if favourable and (len(first) == 1 or code == first[-1]) else _PARTLY


def _yes_or_no(measure: Measure, values: Values, unit: Unit, period: Period) -> str:
    value = values.get(measure, unit, period, "", OF_ONE_STRUCTURE)
    if value.valeur is None:
        return _silence(measure, values, unit, period)
    return f"{_YES} oui" if value.valeur == 100 else f"{_NO} non" if value.valeur == 0 else f"{_PARTLY} en partie"


def _is_held(measure: Measure, values: Values, unit: Unit, period: Period, category: str) -> bool:
    return values.get(measure, unit, period, category, OF_ONE_STRUCTURE).valeur == 100


def _silence(measure: Measure, values: Values, unit: Unit, period: Period) -> str:
    value = values.get(measure, unit, period, measure.telling_category, OF_ONE_STRUCTURE)
    return words.STATES.get(value.etat, words.ABSENT)
