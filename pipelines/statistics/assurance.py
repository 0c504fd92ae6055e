"""Whether a series meets a target by itself: where its limits lie beside it."""

from __future__ import annotations

from typing import Literal

MET, MISSED, HIT_OR_MISS = "atteinte", "non_atteinte", "variable"


def assurance(low: float, high: float, target: float, wanted: Literal["plus", "moins"]) -> str:
    """'atteinte' where the target lies beyond the limits on the unwanted side, 'non_atteinte' on the wanted one.

    Else 'variable': chance alone makes the series meet it or not. A target on a limit is 'variable'. Methods 5.2, 9.
    """
    worse, better = (MET, MISSED) if wanted == "plus" else (MISSED, MET)
    if target < low:
        return worse
    return better if target > high else HIT_OR_MISS
