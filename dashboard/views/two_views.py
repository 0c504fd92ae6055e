"""The same thing seen by people and by teams: the gap is the signal, worded as a question."""

from __future__ import annotations

from dashboard.selection import Period, Unit
from dashboard.views.catalogue import Indicator
from dashboard.views.measures import PERCEIVED, RENDERED, Measure
from dashboard.views.sentences import two_views_sentence
from dashboard.views.values import Values


def two_views(indicator: Indicator, values: Values, unit: Unit, period: Period) -> str:
    """One sentence, or nothing when the indicator is seen from one side, or one of the two has no figure."""
    said, noted = (_first(indicator, nature) for nature in (PERCEIVED, RENDERED))
    if said is None or noted is None:
        return ""
    here = (values.headline(measure, unit, period) for measure in (said, noted))
    return two_views_sentence(indicator.libelle, noted.libelle, *here)


def _first(indicator: Indicator, nature: str) -> Measure | None:
    shares = (
        each for each in indicator.measures if each.nature == nature and each.is_share and each.headline is not None
    )
    return next(shares, None)
