"""What a chart shows after an action, when its centre and limits are those of before (methods 5.2 and 6.1)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipelines.statistics.chart import Points
from pipelines.statistics.signal_rules import TREND
from pipelines.statistics.xmr import xmr


def direction_after(before: Points, after: Points) -> int:
    """1 where the points `after` signal a rise from those `before`, −1 a fall, 0 where no rule of the XmR chart speaks.

    Both in the order of time, None for a gap; a gap stands between them, so that no rule counts points of both sides. A point
    speaks for its side of the centre, a trend for its slope. Where points disagree the more numerous speak, then the last.
    Raises ValueError without a point before.
    """
    chart = xmr([*before, None, *after], fixed_first=len(before))
    told = [
        (label, value)
        for label, value in zip(chart.labels[len(before) + 1 :], after, strict=True)
        if label and value is not None
    ]
    slope = _slope([value for label, value in told if label == TREND])
    directions = [slope if label == TREND else _sign(value - chart.centre) for label, value in told]
    return _sign(sum(directions)) or (directions[-1] if directions else 0)


def _slope(trend: Sequence[float]) -> int:
    return _sign(trend[-1] - trend[0]) if trend else 0


def _sign(value: float) -> int:
    return int(math.copysign(1, value)) if value else 0
