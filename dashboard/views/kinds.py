"""What a gap, a gain, an index, a number of channels or a ratio says, in the words of a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.selection import Period, Unit
from dashboard.text import numbers
from dashboard.views import figures
from dashboard.views.measures import DIVERSITY, GAIN, GAP, INDEX, RATIO, Category, Measure
from dashboard.views.values import Value, Values

PERCENT = figures.PERCENT
_EXPECTED = {"moins": "zéro ou moins est attendu", "plus": "zéro ou plus est attendu"}


@dataclass(frozen=True)
class _Beside:
    """The other figures of a measure, for the same unit and period."""

    measure: Measure
    values: Values
    unit: Unit
    period: Period

    def __call__(self, category: str) -> Value:
        how = self.values.aggregation(self.measure, self.unit, self.period)
        return self.values.get(self.measure, self.unit, self.period, category, how)


def told(measure: Measure, value: Value, values: Values, unit: Unit, period: Period) -> str:
    """What follows « Libellé : » for a kind that has words of its own; empty for the others. `value` has a point."""
    tell = _TOLD.get(measure.genre)
    return tell(measure, value.valeur or 0, _Beside(measure, values, unit, period)) if tell else ""


def weak_point(measure: Measure, values: Values, unit: Unit, period: Period) -> str:
    """« point faible : … , 30 % »: an index is always read with its weakest item. Empty when no item is shown."""
    beside = _Beside(measure, values, unit, period)
    pointed = [(part, beside(part.code)) for part in measure.parts]
    known = [(part, cell.valeur) for part, cell in pointed if cell.shown and cell.valeur is not None]
    return _weakest(known)


def _weakest(known: list[tuple[Category, int]]) -> str:
    if not known:
        return ""
    part, percent = min(known, key=lambda pair: pair[1])
    return f"point faible : « {part.libelle.removesuffix('.')} », {numbers.percent(percent)}"


def _gap(measure: Measure, count: int, beside: _Beside) -> str:
    parts = [figures.amount(count, measure.shown_unit)]
    group, others = beside("groupe"), beside("contre")
    if group.shown and others.shown:
        parts[0] += f" ({figures.point(group, measure.unite)} contre {figures.point(others, measure.unite)})"
    return " ; ".join(filter(None, (*parts, _EXPECTED.get(measure.sens, ""))))


def _gain(measure: Measure, count: int, beside: _Beside) -> str:
    text = figures.amount(count, measure.unite)
    before, after = beside("avant"), beside("apres")
    if before.shown and after.shown:
        text += f", de {figures.point(before, PERCENT)} avant à {figures.point(after, PERCENT)} après"
    return text


def _diversity(measure: Measure, count: int, beside: _Beside) -> str:
    text = f"{figures.amount(count, measure.unite)} en usage"
    offered = beside("proposes").valeur
    if offered is None:
        return text
    if offered == 0:
        return f"{text} ; aucun autre n'est proposé"
    more, plural = numbers.spelled(offered), "s" if offered > 1 else ""
    return f"{text} ; {more} autre{plural} {'sont' if plural else 'est'} proposé{plural} et peu utilisé{plural}"


def _index(measure: Measure, percent: int, beside: _Beside) -> str:
    weak = weak_point(measure, beside.values, beside.unit, beside.period)
    return " ; ".join(filter(None, (f"{numbers.percent(percent)} en moyenne", weak)))


def _ratio(_measure: Measure, percent: int, _beside: _Beside) -> str:
    return numbers.percent(percent)


_TOLD = {GAP: _gap, GAIN: _gain, DIVERSITY: _diversity, INDEX: _index, RATIO: _ratio}
