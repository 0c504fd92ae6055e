"""Masking words of a comment. What is kept of it are the words' places, never the words."""

from __future__ import annotations

import re
from collections.abc import Iterable

MASK = "[…]"
_WORD = re.compile(r"\[…\]|[^\W_]+")


def masked(text: str, places: Iterable[int]) -> str:
    """`text` with its words at `places` (from 0) masked; masking twice changes nothing, for a mask counts as a word."""
    chosen = set(places)
    words = list(_WORD.finditer(text))
    for place in sorted(chosen & set(range(len(words))), reverse=True):
        text = text[: words[place].start()] + MASK + text[words[place].end() :]
    return text


def places_of(expression: str, text: str) -> tuple[int, ...]:
    """The places of the words of `expression`, wherever they follow each other in `text`; empty if nowhere."""
    wanted, said = _words(expression), _words(text)
    starts = [start for start in range(len(said)) if wanted and said[start : start + len(wanted)] == wanted]
    return tuple(sorted({start + offset for start in starts for offset in range(len(wanted))}))


def _words(text: str) -> list[str]:
    return [match[0].casefold() for match in _WORD.finditer(text)]
