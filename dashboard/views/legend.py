"""The key of a chart, in words: a mark, what it means, and the tone in which it is drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """« ◆ un point sort des limites »."""

    symbol: str
    words: str
    tone: str = ""
