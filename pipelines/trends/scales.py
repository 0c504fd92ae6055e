"""What a measure's numbers are: the ends of their scale, and whether they are shares of receptions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipelines.rounding import LEAST_IN_BAND

_SHARES = ("part", "repartition")
_COUNTED = ("quantiles", "diversite")
_OF_RECEPTIONS = ("structure", "part_accueils")


class Scale(NamedTuple):
    """The lowest and the highest value that a measure may have; infinite where there is no end."""

    low: float
    high: float

    @property
    def extremes(self) -> tuple[float, ...]:
        """The ends of a scale closed on both sides, where values pile up."""
        return (self.low, self.high) if math.isfinite(self.high - self.low) else ()


def scale_of(measure: Mapping[str, Any]) -> Scale:
    """Of a row of reference.mesures: percents, then days, minutes and channels, then what may be below 0 (gaps, gains)."""
    if measure["unite"] == "%":
        return Scale(0, 100)
    return Scale(0 if measure["genre"] in _COUNTED else -math.inf, math.inf)


def least_sizes(measure: Mapping[str, Any], aggregation: str, bands: Sequence[str | None]) -> list[float] | None:
    """The fewest receptions behind each point, nan where its band is not told; None where points are no shares of them.

    A mean of structures, an index or a ratio of sums varies by more, or by less, than its denominator says.
    """
    if measure["unite"] != "%" or measure["genre"] not in _SHARES or aggregation not in _OF_RECEPTIONS:
        return None
    return [LEAST_IN_BAND.get(band or "", math.nan) for band in bands]
