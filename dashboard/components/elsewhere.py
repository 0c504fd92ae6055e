"""What is shown in place of a page that has nothing for a choice, with the way to a choice that has something."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard import reading
from dashboard.components.html import tag, words, write
from dashboard.selection import PERIOD, Period, Selection
from dashboard.text import dates
from dashboard.views import availability, hidden
from dashboard.views.catalogue import Criterion
from dashboard.views.values import Values


def by_year_only(selection: Selection) -> bool:
    """Say that a département is told by year, with the way to one; whether that was all there is to show."""
    sentence = availability.by_year_only(selection.unit, selection.period)
    if not sentence:
        return False
    years = reading.periods_by(dates.YEAR)
    write(tag("p", sentence, "lead"))
    periods_instead(availability.longer(selection.period, years) or years[:1])
    return True


def all_hidden(criteria: Iterable[Criterion], values: Values, selection: Selection) -> bool:
    """Say once that nothing may be shown, with the way to longer periods; whether that was all there is to show."""
    if not hidden.all_hidden(criteria, values, selection):
        return False
    fact, meaning = hidden.sentences(selection)
    write('<div class="notice" role="status">', tag("p", fact, "strong"), tag("p", meaning), "</div>")
    periods_instead(availability.longer(selection.period, reading.periods()))
    return True


def periods_instead(periods: Iterable[Period]) -> None:
    """Links to this very page on other periods."""
    write(" · ".join(_link(period) for period in periods))


def _link(period: Period) -> str:
    query = escape(urlencode({**st.query_params.to_dict(), PERIOD: period.code}))
    return f'<a class="more" target="_self" href="?{query}">{words(f"Voir {period.name}")}</a>'
