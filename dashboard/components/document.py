"""A page of our own documentation, drawn: Markdown in, HTML with right headings, reachable tables and drawings out."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from dashboard.components.html import words

# The marks by which tests find the worked examples are not for readers.
_COMMENT = re.compile(r"^<!--.*?-->\n?", re.MULTILINE | re.DOTALL)

Address = Callable[[str], str]
Drawing = Callable[[str], bytes]


def document(markdown: str, address: Address, drawing: Drawing, *, under: int = 1) -> str:
    """HTML of a Markdown text whose titles come under a heading of level `under`.

    `address` gives where a link of the text goes, or '' if there is nowhere to go: its words then stand alone.
    `drawing` gives the SVG of an image of the text. HTML written in the text is shown as text, never run.
    """
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Drawn).enable("table")
    places = {"address": address, "drawing": drawing, "under": under, "name": ""}
    return str(parser.render(_COMMENT.sub("", markdown), places))


class _Drawn(RendererHTML):
    """What differs from plain HTML: French spacing, lower headings, named regions around what may scroll."""

    def text(self, tokens: Sequence[Token], index: int, _options: Any, _places: Any) -> str:
        return words(tokens[index].content)

    def heading_open(self, tokens: Sequence[Token], index: int, _options: Any, places: Any) -> str:
        # The last title, or the last sentence, says what the table under it holds.
        places["name"] = _spoken(tokens[index + 1])
        return f"<h{_level(tokens[index], places)}>"

    def heading_close(self, tokens: Sequence[Token], index: int, _options: Any, places: Any) -> str:
        return f"</h{_level(tokens[index], places)}>\n"

    def paragraph_open(self, tokens: Sequence[Token], index: int, options: Any, places: Any) -> str:
        places["name"] = _spoken(tokens[index + 1]) or places["name"]
        return self.renderToken(tokens, index, options, places)

    def table_open(self, _tokens: Sequence[Token], _index: int, _options: Any, places: Any) -> str:
        return (
            f'<div class="table" role="region" tabindex="0" aria-label="{words("Tableau : " + places["name"])}"><table>'
        )

    def table_close(self, *_arguments: Any) -> str:
        return "</table></div>\n"

    def th_open(self, *_arguments: Any) -> str:
        return '<th scope="col">'

    def td_open(self, *_arguments: Any) -> str:
        return "<td>"

    def link_open(self, tokens: Sequence[Token], index: int, _options: Any, places: Any) -> str:
        where = places["address"](str(tokens[index].attrGet("href")))
        places.setdefault("links", []).append(bool(where))
        return f'<a target="_self" href="{where}">' if where else ""

    def link_close(self, _tokens: Sequence[Token], _index: int, _options: Any, places: Any) -> str:
        return "</a>" if places["links"].pop() else ""

    def image(self, tokens: Sequence[Token], index: int, _options: Any, places: Any) -> str:
        """A drawing inside the page: nothing more is fetched; too wide for a telephone, it scrolls in its own region."""
        svg = places["drawing"](str(tokens[index].attrGet("src")))
        data = base64.b64encode(svg).decode("ascii")
        said = words(tokens[index].content)
        return (
            f'<span class="drawing" role="region" tabindex="0" aria-label="{words("Dessin")}">'
            f'<img src="data:image/svg+xml;base64,{data}" alt="{said}"></span>'
        )

    def code_inline(self, tokens: Sequence[Token], index: int, _options: Any, _places: Any) -> str:
        return f"<code>{escape(tokens[index].content)}</code>"

    def fence(self, tokens: Sequence[Token], index: int, _options: Any, _places: Any) -> str:
        name = words("Texte à taper tel quel")
        return (
            f'<pre tabindex="0" role="region" aria-label="{name}"><code>{escape(tokens[index].content)}</code></pre>\n'
        )


def _level(token: Token, places: Any) -> int:
    return min(int(token.tag[1:]) + int(places["under"]), 6)


def _spoken(inline: Token) -> str:
    """The words of a line without its marks."""
    spoken = (each.content for each in inline.children or () if each.type in ("text", "code_inline"))
    return "".join(spoken).strip().rstrip(".:").strip()
