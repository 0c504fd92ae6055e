"""The gap between two views that the committee is told of: what one says beside what another says."""

from __future__ import annotations

from dashboard.text import words
from dashboard.text.typography import uncapitalised
from dashboard.views.catalogue import Indicator
from dashboard.views.gaps import Gap
from dashboard.views.matter import Matter, Statement
from dashboard.views.measures import PERCEIVED, RENDERED
from dashboard.views.triangulation import pair_of


def solid_gaps(matter: Matter, taken: frozenset[str]) -> list[tuple[Indicator, Gap]]:
    """Gaps between views that chance does not explain: noted and perceived first, then the widest first.

    Equals in the order of the grid; an indicator once, by its first gap in that order.
    """
    found = [
        (indicator, gap)
        for indicator in matter.indicators
        if indicator.id not in taken
        for gap in matter.findings.gaps.get(indicator.id, ())
        if not gap.by_chance and pair_of(gap, indicator) is not None
    ]
    ordered = sorted(found, key=lambda pair: (not _noted_and_perceived(*pair), -abs(pair[1].value.valeur or 0)))
    first: dict[str, tuple[Indicator, Gap]] = {}
    for indicator, gap in ordered:
        first.setdefault(indicator.id, (indicator, gap))
    return list(first.values())


def widest_gap(matter: Matter, taken: frozenset[str]) -> Statement | None:
    """The first of `solid_gaps`; that there is none where views are told together and chance explains every gap."""
    found = solid_gaps(matter, taken)
    if found:
        return gap_statement(matter, *found[0], "Que mettons-nous derrière ces mots ?")
    if not any(matter.findings.gaps.values()):
        return None
    text = "Quand une même chose est vue de plusieurs côtés, aucun écart ne dépasse ce que le hasard explique."
    return matter.elsewhere(text, "Principes de délivrance", "principes")


def gap_statement(matter: Matter, indicator: Indicator, gap: Gap, question: str) -> Statement:
    """« Diagnostic partagé » : what one view says goes beyond what another says, by so many points, and a question."""
    pair = pair_of(gap, indicator)
    assert pair is not None
    points = gap.value.valeur or 0
    higher, lower = (uncapitalised(words.NATURES[each.nature]) for each in (pair if points > 0 else pair[::-1]))
    ends = sorted(abs(end) for end in (gap.value.basse, gap.value.haute) if end is not None)
    span = f" (entre {ends[0]} et {ends[-1]})" if ends else ""
    many = f"{abs(points)} point{'s' if abs(points) > 1 else ''}{span}"
    return matter.on(pair[0], f"« {indicator.libelle} » : {higher} dépasse de {many} {lower}. {question}")


def _noted_and_perceived(indicator: Indicator, gap: Gap) -> bool:
    pair = pair_of(gap, indicator)
    return pair is not None and {each.nature for each in pair} == {PERCEIVED, RENDERED}
