"""Ways of reading a page, as links: the address is the only memory, so that a view can be shared."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.components.cards import address
from dashboard.components.html import words


def choices(label: str, path: str, query: dict[str, str], parameter: str, names: Mapping[str, str], chosen: str) -> str:
    """A link for each code of `names`, which keeps `query` and sets `parameter`; the code '' goes without it."""
    links = (
        _link(name, address(path, query | ({parameter: code} if code else {})), current=code == chosen)
        for code, name in names.items()
    )
    return f'<nav class="choices" aria-label="{words(label)}"><p>{words(label)}</p><ul>{"".join(links)}</ul></nav>'


def _link(name: str, href: str, *, current: bool) -> str:
    mark = ' aria-current="true"' if current else ""
    return f'<li><a target="_self" href="{href}"{mark}>{words(name)}</a></li>'
