"""The range of a gain: how much a share moved between two answers of the same persons."""

from __future__ import annotations

from typing import Any

import numpy as np

from pipelines.statistics.proportions import Z


def paired_difference(gained: Any, lost: Any, size: Any) -> tuple[Any, Any]:
    """The range of (gained − lost) / size: how much a share moved among the same `size` persons; in [−1, 1].

    Takes numbers or whole columns of them. Adjusted Wald: with p̃ = (count + 1) / (n + 2) for those who gained and those who
    lost, p̃g − p̃l ± z · √((p̃g + p̃l − (p̃g − p̃l)²) / (n + 2)). Bonett & Price, Journal of Educational and Behavioral
    Statistics 2012;37:479.
    """
    up, down = (gained + 1) / (size + 2), (lost + 1) / (size + 2)
    half = Z * np.sqrt((up + down - (up - down) ** 2) / (size + 2))
    return np.clip(up - down - half, -1, 1), np.clip(up - down + half, -1, 1)
