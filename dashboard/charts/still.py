"""A figure that nobody changes any more: what the page asks of it at each run is made once."""

from __future__ import annotations

from typing import Any, cast

import plotly.graph_objects as go


class Still(go.Figure):
    """The same figure, shared between sessions: it may be read and copied, never changed."""

    _told: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """All that the figure is made of, as what sends it to the browser takes it."""
        if self._told is None:
            self._told = cast(dict[str, Any], super().to_dict())
        return self._told
