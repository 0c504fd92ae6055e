"""The same thing seen by people and by teams: the gap is the signal, worded as a question."""

from __future__ import annotations

from dashboard.selection import Period, Unit
from dashboard.views.measures import RENDERED, Criterion
from dashboard.views.sentences import two_views_sentence
from dashboard.views.values import Values


def two_views(criterion: Criterion, values: Values, unit: Unit, period: Period) -> str:
    """One sentence, or nothing when the criterion is seen from one side, or one of the two has no figure."""
    lead = criterion.lead
    noted = [each for each in criterion.measures if each.indicateur == lead.indicateur and each.nature == RENDERED]
    if not noted or noted[0] == lead:
        return ""
    said, seen = (values.headline(measure, unit, period) for measure in (lead, noted[0]))
    return two_views_sentence(lead.indicateur, noted[0].libelle, said, seen)
