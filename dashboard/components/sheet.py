"""The parts of a structure's sheet: points to keep and to look at, criteria line by line, actions with their verdict."""

from __future__ import annotations

from dashboard.components import cards
from dashboard.components.html import tag, words
from dashboard.text.typography import capitalised
from dashboard.views.structure_lines import FieldLines, SheetLine
from dashboard.views.structure_points import Point
from dashboard.views.structure_sheet import Cycle


def points(told: tuple[Point, ...]) -> str:
    """Each point: its title, what is known, how solid it is, a question; nothing without any."""
    items = "".join(
        f"<li>{tag('p', each.title, 'strong')}{tag('p', each.fact)}{tag('p', each.solidity, 'muted')}"
        f"{tag('p', each.question, 'question')}</li>"
        for each in told
    )
    return f'<ul class="actions">{items}</ul>' if items else ""


def lines(field: FieldLines) -> str:
    """The criteria of a field, a line each: the figure of the structure, how it varies, what is beside it."""
    return f'<div class="criteria"><ul>{"".join(_line(each) for each in field.lines)}</ul></div>'


def _line(told: SheetLine) -> str:
    line = told.line
    shown = cards.figure(line.point, line.note, line.value, line.sens, is_share=line.is_share)
    return "".join(
        [
            f"<li><div>{tag('p', line.title, 'strong')}{tag('p', line.sentence)}</div>",
            f"<div>{shown}{tag('p', capitalised(told.when), 'muted')}{tag('p', line.solidity, 'muted')}</div>",
            f"<div>{_trend(told)}",
            *(tag("p", each, "muted") for each in told.beside),
            tag("p", told.kept_back, "muted"),
            "</div></li>",
        ]
    )


def _trend(told: SheetLine) -> str:
    if not told.icon:
        return tag("p", told.trend)
    icon = f'<span aria-hidden="true">{words(told.icon)}</span>'
    return f'<p class="{f"standing {told.tone}".strip()}">{icon} {words(told.trend)}</p>'


def cycles(told: tuple[Cycle, ...]) -> str:
    """The improvement actions of the structure, each with its verdict."""
    items = "".join(_cycle(each) for each in told)
    return f'<ul class="actions">{items}</ul>' if items else tag("p", "Aucune action d'amélioration n'est inscrite.")


def _cycle(told: Cycle) -> str:
    badge = f'<span class="{f"badge {told.tone}".strip()}">{words(told.verdict)}</span>'
    return "".join(
        [
            f'<li><p class="strong">{words(told.title)} {badge}</p>',
            tag("p", told.gap),
            tag("p", told.sentence),
            tag("p", told.story, "muted"),
            "</li>",
        ]
    )
