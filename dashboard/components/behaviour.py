"""What a chart concludes, as an icon beside words; the key of a chart; improvement actions with their verdict."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.components import ways
from dashboard.components.html import tag, words
from dashboard.views.effects import Action
from dashboard.views.legend import Key
from dashboard.views.measures import Measure

ACTIONS = "Actions d'amélioration"


def standing(icon: str, told: str, why: str, tone: str = "") -> str:
    """An icon that the words beside it make superfluous, and why under it."""
    css = f"standing {tone}".strip()
    return (
        f'<p class="{css}"><span aria-hidden="true">{words(icon)}</span> {words(told)}</p>{tag("p", why, "solidity")}'
    )


def legend(keys: Iterable[Key]) -> str:
    """The marks of a chart, each with its words; nothing without any."""
    items = "".join(
        f'<li><span class="{f"mark {key.tone}".strip()}" aria-hidden="true">{words(key.symbol)}</span> '
        f"{words(key.words)}</li>"
        for key in keys
    )
    return f'<ul class="legend">{items}</ul>' if items else ""


def reading(text: str) -> str:
    """How to read the chart just above and the way to its method, closed until asked for; nothing without a text."""
    if not text:
        return ""
    summary = tag("summary", "Comment lire")
    return f'<details class="reading">{summary}{tag("p", text)}{ways.to_method(text)}</details>'


def actions(measure: Measure, told: Iterable[Action]) -> str:
    """Each action: its verdict, the gap and its range, the sentence; nothing without any."""
    items = "".join(_action(measure, each) for each in told)
    return f'{tag("p", ACTIONS, "chart-title")}<ul class="actions">{items}</ul>' if items else ""


def _action(measure: Measure, told: Action) -> str:
    return "".join(
        [
            f'<li><p class="strong">{words(told.title)} ',
            f'<span class="{f"badge {told.tone}".strip()}">{words(told.verdict)}</span></p>',
            tag("p", told.gap(measure)),
            tag("p", told.sentence),
            tag("p", " ".join(filter(None, (told.story, told.checks(measure)))), "muted"),
            "</li>",
        ]
    )
