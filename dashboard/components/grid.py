"""The parts of a grid as they are drawn: an indicator in a fold, what changed, two definitions side by side."""

from __future__ import annotations

from dashboard.components.html import tag, words
from dashboard.text.typography import uncapitalised
from dashboard.views.equivalences import Nearness, OwnIndicator
from dashboard.views.grid import IndicatorText, MeasureText
from dashboard.views.grid_changes import Group, Series


def indicator(told: IndicatorText) -> str:
    """An indicator, closed under its name until it is asked for."""
    badge = f" {tag('span', 'noyau', 'badge')}" if told.core else ""
    waiting = f" {tag('span', 'pas encore mesuré', 'badge waiting')}" if told.pending else ""
    declined = (("Décliné par", each) for each in told.declined)
    return "".join(
        [
            '<details class="indicator"><summary>',
            f'{words(told.label)} <span class="code">{words(told.id)}</span>{badge}{waiting}</summary>',
            tag("p", f"Pas encore mesuré : {uncapitalised(told.pending)}" if told.pending else "", "pending"),
            tag("p", told.definition),
            *(_measure(measure) for measure in told.measures),
            terms((*declined, *told.notes)),
            "</details>",
        ]
    )


def _measure(told: MeasureText) -> str:
    return "".join(
        [
            '<div class="told-measure">',
            tag("p", told.label, "strong"),
            tag("p", told.definition),
            tag("p", told.facts, "muted"),
            tag("p", f"Pas encore mesuré : {uncapitalised(told.pending)}" if told.pending else "", "pending"),
            "</div>",
        ]
    )


def terms(pairs: tuple[tuple[str, str], ...]) -> str:
    """A list of terms with what each of them says; nothing when there is none."""
    content = "".join(tag("dt", term) + tag("dd", text) for term, text in pairs if text)
    return f'<dl class="origin">{content}</dl>' if content else ""


def series(title: str, told: tuple[Series, ...]) -> str:
    """The measures whose series goes on, or stops, each with its reason; nothing when there is none."""
    items = (
        f"<li>{tag('p', each.label, 'strong')}{tag('p', each.sentence)}{tag('p', each.reason, 'muted')}</li>"
        for each in told
    )
    return f'{tag("h3", title)}<ul class="changes">{"".join(items)}</ul>' if told else ""


def group(told: Group) -> str:
    """Changes of one kind, closed under their title and number."""
    summary = words(f"{told.title} ({len(told.told)})")
    items = "".join(tag("li", each.sentence) for each in told.told)
    return f'<details class="indicator"><summary>{summary}</summary><ul class="changes">{items}</ul></details>'


def own_indicator(own: OwnIndicator) -> str:
    """A network's own indicator beside each measure of the grid that it is near to."""
    scope = terms((("Périmètre", own.scope), ("Période", own.period)))
    return "".join(
        [
            '<article class="pair"><div>',
            f'<h4>{words(own.label)} <span class="code">{words(own.code)}</span></h4>',
            tag("p", own.definition),
            scope,
            f"</div><ul>{''.join(map(_near, own.near))}</ul></article>",
        ]
    )


def _near(near: Nearness) -> str:
    standing_in = f" {tag('span', 'remplace la question', 'badge')}" if near.stands_in else ""
    return "".join(
        [
            f'<li><p class="strong">{words(near.label)} <span class="code">{words(near.measure)}</span> ',
            f'<span class="badge">{words(near.degree)}</span>{standing_in}</p>',
            tag("p", near.definition),
            tag("p", near.reason, "gap"),
            "</li>",
        ]
    )
