"""Where a structure's teams note one thing and persons say another, beyond what chance explains: a question, not a fault."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.text.typography import uncapitalised
from dashboard.views import figures
from dashboard.views.catalogue import Criterion, Field, Indicator
from dashboard.views.gaps import Gap
from dashboard.views.structure_periods import Slice
from dashboard.views.structure_points import Point


def contradictions(fields: Iterable[Field], slices: Iterable[Slice]) -> tuple[Point, ...]:
    """One for each criterion, the widest gap first; of a criterion, the finest period that has one."""
    found: dict[str, tuple[int, Point]] = {}
    criteria = [criterion for field in fields for criterion in field.criteria]
    for each in slices:
        for criterion in criteria:
            if criterion.code not in found:
                found |= _of(criterion, each)
    return tuple(point for _, point in sorted(found.values(), key=lambda pair: -pair[0]))


def _of(criterion: Criterion, told: Slice) -> dict[str, tuple[int, Point]]:
    gaps = [
        (abs(gap.value.valeur or 0), indicator, gap)
        for indicator in criterion.indicators
        for gap in told.findings.gaps.get(indicator.id, ())
        if not gap.by_chance and _both_counted(gap, indicator)
    ]
    if not gaps:
        return {}
    width, indicator, gap = max(gaps, key=lambda each: each[0])
    return {criterion.code: (width, _point(criterion, indicator, gap, told))}


def _both_counted(gap: Gap, indicator: Indicator) -> bool:
    """Whether both views count receptions or answers: a share and one fact of one structure have no gap to discuss."""
    facts = {each.id for each in indicator.measures if each.fait_d_organisation}
    return not facts & {gap.first, gap.second}


def _point(criterion: Criterion, indicator: Indicator, gap: Gap, told: Slice) -> Point:
    names = {each.id: each.libelle for each in indicator.measures}
    first, second = (names.get(each, indicator.libelle) for each in (gap.first, gap.second))
    span = figures.span(gap.value, figures.POINTS)
    return Point(
        code=criterion.code,
        title=criterion.libelle,
        fact=f"« {first} » et « {second} » : {_width(gap)} d'écart {told.period.within}.",
        solidity=f"Cet écart dépasse ce que le hasard explique ({span}).",
        question=f"Qui se trompe ? Peut-être personne : que mettons-nous derrière « {uncapitalised(indicator.libelle)} » ?",
    )


def _width(gap: Gap) -> str:
    return figures.amount(abs(gap.value.valeur or 0), figures.POINTS).removeprefix("+")
