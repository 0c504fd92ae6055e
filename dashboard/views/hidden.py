"""A choice for which nothing at all may be shown: said once, in place of a page of silences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboard.selection import Selection
from dashboard.text import dates
from dashboard.views import availability
from dashboard.views.catalogue import Criterion
from dashboard.views.measures import Measure
from dashboard.views.sentences import place
from dashboard.views.values import Values


def all_hidden(criteria: Iterable[Criterion], values: Values, selection: Selection) -> bool:
    """Whether some figure of these criteria is hidden for the unit and period chosen, and none is told."""
    unit, period = selection.unit, selection.period
    cells = [values.headline(each, unit, period) for each in _measures(criteria, selection)]
    return any(cell.etat == "masque" for cell in cells) and not any(cell.told for cell in cells)


def sentences(selection: Selection) -> tuple[str, str]:
    """What is said then: the fact, and what it does not mean."""
    longer = "" if selection.period.pas == dates.YEAR else " Une période plus longue en dit davantage."
    return (
        f"{place(selection.unit, selection.period)}, aucun de ces chiffres n'est diffusé.",
        "Les montrer pourrait aider à reconnaître une personne. "
        f"Cela ne dit rien de bon ni de mauvais sur l'accueil.{longer}",
    )


def _measures(criteria: Iterable[Criterion], selection: Selection) -> Iterator[Measure]:
    for criterion in criteria:
        for indicator in criterion.indicators:
            if not availability.declined_by(indicator, selection.unit):
                yield from (
                    each
                    for each in indicator.measures
                    if each.shown_at(selection.unit.niveau) and each.shown_by(selection.period.pas)
                )
