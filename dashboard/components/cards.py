"""Figures in large type, with their range drawn small under them."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from dashboard.components.html import tag, words
from dashboard.text.typography import uncapitalised
from dashboard.theme import COLOURED_SENSES
from dashboard.views.summary import CriterionLine, FieldColumn
from dashboard.views.values import Value


def opening(sentences: list[str]) -> str:
    """The answer of the page, in large type."""
    return f'<div class="opening">{"".join(tag("p", sentence) for sentence in sentences)}</div>'


def field(column: FieldColumn, query: dict[str, str]) -> str:
    """A field's title, its criteria and the way to its page with the same selection."""
    lines = "".join(map(criterion, column.lines))
    link = f'<a class="more" target="_self" href="/{column.code}?{escape(urlencode(query))}">'
    label = words(f"Voir le détail : {uncapitalised(column.title)}")
    return f'<section class="field">{tag("h2", column.title)}{lines}{link}{label}</a></section>'


def criterion(line: CriterionLine) -> str:
    """A criterion: the figure, the sentence, the year before, the two views."""
    return "".join(
        [
            '<article class="criterion">',
            tag("h3", line.title),
            figure(line.point, line.note, line.value, line.sens, is_share=line.is_share),
            tag("p", line.sentence),
            tag("p", line.change, "change"),
            tag("p", line.two_views, "question"),
            tag("p", line.solidity, "solidity"),
            "</article>",
        ]
    )


def figure(point: str, note: str, value: Value, sens: str, *, is_share: bool) -> str:
    """The point in large type, its range beside it, and both on a small scale when it is a share."""
    if not point:
        return ""
    css = "figure" if value.shown else "figure silent"
    scale = range_scale(value, sens) if is_share and value.shown else ""
    return f'<div class="{css}">{tag("p", point, "point")}{tag("p", note, "range")}{scale}</div>'


def range_scale(value: Value, sens: str) -> str:
    """A line from 0 to 100 % with the range and the point on it; the words beside it say the same."""
    tone = "" if sens in COLOURED_SENSES else " neutral"
    tone += " cautious" if value.cautious else ""
    low, high = value.basse, value.haute
    marks = ""
    if low is not None and high is not None:
        marks += f'<span class="span" style="left:{low}%;width:{high - low}%"></span>'
    if value.valeur is not None:
        marks += f'<span class="dot" style="left:{value.valeur}%"></span>'
    return f'<div class="scale{tone}" aria-hidden="true">{marks}</div>'
