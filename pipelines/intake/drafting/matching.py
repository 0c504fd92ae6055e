"""Which heading fills what, all together: the assignment that is likeliest as a whole, no target filled twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipelines.intake.drafting.fitting import Fit, fit
from pipelines.intake.drafting.seen import SeenColumn
from pipelines.intake.drafting.targets import Target

LEAST_CONFIDENCE = 0.55


@dataclass(frozen=True)
class Match:
    """A column of the file, and what it most likely fills."""

    column: SeenColumn
    target: Target
    fit: Fit


def best_matches(
    columns: Sequence[SeenColumn], targets: Sequence[Target], names: Mapping[str, tuple[str, ...]]
) -> list[Match]:
    """The likeliest assignment of `columns` to `targets`, in the targets' order; none under LEAST_CONFIDENCE.

    `names`: other names by which headings go.
    """
    if not columns or not targets:
        return []
    fits = [[fit(column, target, names.get(column.heading, ())) for target in targets] for column in columns]
    gains = np.array([[_gain(each.confidence) for each in row] for row in fits])
    pairs = zip(*linear_sum_assignment(gains, maximize=True), strict=True)
    found = [(int(place), int(rank)) for place, rank in pairs if gains[place, rank] > 0]
    return [
        Match(columns[place], targets[rank], fits[place][rank]) for place, rank in sorted(found, key=lambda p: p[1])
    ]


def _gain(confidence: float) -> float:
    # Two doubtful matches are not worth a sure one.
    return confidence**2 if confidence >= LEAST_CONFIDENCE else 0.0
