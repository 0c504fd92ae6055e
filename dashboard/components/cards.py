"""Figures in large type, with their range drawn small under them; criteria as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlencode

from dashboard.components.html import tag, words
from dashboard.selection import CRITERION
from dashboard.text.typography import uncapitalised
from dashboard.theme import COLOURED_SENSES
from dashboard.views.committee import CommitteeView
from dashboard.views.criteria import STILL_TOO_EARLY, CriterionLine, Icon
from dashboard.views.effects import Action
from dashboard.views.matter import Statement
from dashboard.views.measures import Measure
from dashboard.views.summary import Cycle, FieldColumn
from dashboard.views.values import Value


def opening(sentences: list[str]) -> str:
    """The answer of the page, in large type."""
    return f'<div class="opening">{"".join(tag("p", sentence) for sentence in sentences)}</div>'


def committee(view: CommitteeView) -> str:
    """The sentences on one side, the questions to decide on the other, each with the way to its detail."""
    said = "".join(f"<li>{_statement(each)}</li>" for each in view.sentences)
    asked = "".join(f"<li>{_statement(each)}</li>" for each in view.questions)
    questions = f'<section class="asked">{tag("h2", "À décider ensemble")}<ol>{asked}</ol></section>' if asked else ""
    return f'<div class="committee"><section>{tag("h2", "Où en est-on")}<ul>{said}</ul></section>{questions}</div>'


def _statement(told: Statement) -> str:
    link = f'<a target="_self" href="{address(told.path, told.query)}">{words(told.title)}</a>'
    return f'<p>{words(told.text)} <span class="way">→&nbsp;{link}</span></p>'


def cycles(told: Iterable[Cycle]) -> str:
    """Each action of the unit with its verdict, the gap seen since and the sentence of the edition; nothing without any."""
    items = "".join(_cycle(each.action, each.measure) for each in told)
    return f'<ul class="actions">{items}</ul>' if items else ""


def _cycle(action: Action, measure: Measure | None) -> str:
    return "".join(
        [
            f'<li><p class="strong">{words(action.title)} ',
            f'<span class="{f"badge {action.tone}".strip()}">{words(action.verdict)}</span></p>',
            tag("p", action.gap(measure) if measure else ""),
            tag("p", action.sentence),
            tag("p", action.story, "muted"),
            "</li>",
        ]
    )


def address(path: str, query: Mapping[str, str]) -> str:
    """A page of the product with a selection, ready to stand in an attribute."""
    return escape(f"/{path}?{urlencode(query)}".rstrip("?"))


def field(column: FieldColumn, query: dict[str, str]) -> str:
    """A field's title, its criteria and the way to its page with the same selection."""
    lines = "".join(_summary_line(line, column.code, query) for line in column.lines)
    link = f'<a class="more" target="_self" href="{address(column.code, query)}">'
    label = words(f"Voir le détail : {uncapitalised(column.title)}")
    return f'<section class="field">{tag("h2", column.title)}{lines}{link}{label}</a></section>'


def _summary_line(line: CriterionLine, field: str, query: dict[str, str]) -> str:
    href = address(field, {**query, CRITERION: line.code})
    beside = " · ".join(filter(None, (line.note, line.coverage)))
    return "".join(
        [
            '<article class="criterion"><div class="criterion-line">',
            f'<h3><a target="_self" href="{href}">{words(line.title)}</a></h3>',
            tag("p", line.point, "point" if line.value.shown else "point silent"),
            "</div>",
            tag("p", line.sentence),
            tag("p", beside, "muted"),
            _icons(line.icons),
            tag("p", line.change if _told_by_the_year(line) else "", "muted"),
            tag("p", line.standing_beside_icons, "muted"),
            "</article>",
        ]
    )


def _told_by_the_year(line: CriterionLine) -> bool:
    """Whether the year before is all there is to tell of time: the line itself tells nothing yet."""
    return not line.icons or line.icons[0].symbol == STILL_TOO_EARLY


def _icons(icons: Iterable[Icon]) -> str:
    """Each sign, then its words, which say all."""
    items = "".join(
        f'<li class="{each.tone}"><span aria-hidden="true">{words(each.symbol)}</span> {words(each.words)}</li>'
        if each.tone
        else f'<li><span aria-hidden="true">{words(each.symbol)}</span> {words(each.words)}</li>'
        for each in icons
    )
    return f'<ul class="icons">{items}</ul>' if items else ""


def criteria(lines: Iterable[CriterionLine], chosen: str, path: str, query: dict[str, str]) -> str:
    """The criteria of a field as a list of links, the chosen one marked."""
    items = "".join(_choice(line, path, query, chosen=line.code == chosen) for line in lines)
    return f'<nav class="criteria" aria-label="{words("Critères")}"><ul>{items}</ul></nav>'


def _choice(line: CriterionLine, path: str, query: dict[str, str], *, chosen: bool) -> str:
    href = address(path, {**query, CRITERION: line.code})
    current = ' aria-current="true"' if chosen else ""
    return "".join(
        [
            '<li class="chosen"><div>' if chosen else "<li><div>",
            f'<a target="_self" href="{href}"{current}>{words(line.title)}</a>{tag("p", line.question, "muted")}</div>',
            "<div>",
            figure(line.point, line.note, line.value, line.sens, is_share=line.is_share)
            or tag("p", line.sentence, "muted"),
            "</div><div>",
            tag("p", line.solidity, "muted"),
            tag("p", line.change, "muted"),
            tag("p", line.standing, "muted"),
            "</div></li>",
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
