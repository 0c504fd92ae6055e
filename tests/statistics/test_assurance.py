"""A target beside the limits."""

from __future__ import annotations

import pytest

from pipelines.statistics.assurance import assurance


@pytest.mark.parametrize(
    ("target", "more", "less"),
    [
        (39, "atteinte", "non_atteinte"),
        (40, "variable", "variable"),
        (50, "variable", "variable"),
        (60, "variable", "variable"),
        (61, "non_atteinte", "atteinte"),
    ],
)
def test_a_target_is_met_by_itself_only_beyond_the_limits(target: float, more: str, less: str) -> None:
    assert assurance(40, 60, target, "plus") == more
    assert assurance(40, 60, target, "moins") == less
