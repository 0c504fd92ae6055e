"""Plotly reads tags in every text: a name that holds some must be shown as it is written, not as a link or a style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

# Those that our own charts write.
_FOREIGN = re.compile(r"<(?!/?(?:br|b|extra)>)")


def without_foreign_tags(figure: go.Figure) -> go.Figure:
    """The same figure; where one of its texts holds another tag than our own, a copy in which it is plain text."""
    told = figure.to_plotly_json()
    return go.Figure(_harmless(told)) if any(map(_FOREIGN.search, _texts(told))) else figure


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list | tuple):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _texts(each)


def _harmless(told: Any) -> Any:
    if isinstance(told, str):
        return _FOREIGN.sub("&lt;", told)
    if isinstance(told, dict):
        return {name: _harmless(each) for name, each in told.items()}
    if isinstance(told, list | tuple):
        return [_harmless(each) for each in told]
    return told
