"""Which chart a series can bear, at each of its edges."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest

from pipelines.statistics.chart_choice import choose_chart, has_many_ties

ORDINARY = [60, 62, 59, 63, 58, 61, 57, 64, 60, 62, 59, 61, 60, 63, 58, 62]
GAP = np.nan


def floats(values: list[float]) -> np.ndarray:
    return np.array(values, dtype=float)


@pytest.mark.parametrize(
    ("points", "chart"), [(2, "ligne"), (9, "ligne"), (10, "mediane"), (12, "mediane"), (13, "xmr"), (16, "xmr")]
)
def test_the_number_of_points_decides_first(points: int, chart: str) -> None:
    assert choose_chart([floats(ORDINARY[:points])]) == chart


def test_gaps_are_no_points_and_phases_count_together() -> None:
    assert choose_chart([floats([*ORDINARY[:6], GAP, *ORDINARY[6:12]])]) == "mediane"
    assert choose_chart([floats(ORDINARY[:5]), floats(ORDINARY[5:13])]) == "xmr"


@pytest.mark.parametrize(
    ("values", "many"),
    [
        ([1, 1, 1, 1, 1, 2, 3, 4, 5], False),  # 4 steps of 8 are 0
        ([1, 1, 1, 1, 1, 1, 3, 4, 5], True),  # 5 of 8
        ([1, GAP, 2, GAP, 3, GAP, 4, GAP, 5, 6, 7, 8, 9], False),  # 4 of 8 span a gap
        ([1, GAP, 2, GAP, 3, GAP, 4, GAP, 5, 5, 7, 8, 9], True),
        ([0, 1, 2, 3, 100, 5, 6, 7], True),  # a quarter at the ends
        ([0, 1, 2, 3, 4, 5, 6, 7], False),
        ([5, 5, 5, 5, 5, 5, 5], False),  # a short phase has no limits
    ],
)
def test_many_ties(values: list[float], many: bool) -> None:
    assert has_many_ties(floats(values), extremes=(0, 100)) is many


def test_the_ends_of_a_scale_are_no_ties_where_there_is_none() -> None:
    assert not has_many_ties(floats([0, 1, 2, 3, 100, 5, 6, 7]))


def test_one_phase_with_ties_is_enough() -> None:
    assert choose_chart([floats(ORDINARY), floats([50] * 8)]) == "mediane"


@pytest.mark.parametrize(
    ("sizes", "chart"),
    [
        ([100] * 13, "xmr"),
        ([76] + [100] * 12, "xmr"),
        ([70] + [100] * 12, "p_prime"),
        ([50, GAP] + [100] * 11, "xmr"),  # a base that is not told judges nothing
        (None, "xmr"),
    ],
)
def test_denominators_vary_beyond_a_quarter_of_their_mean(sizes: list[float] | None, chart: str) -> None:
    assert choose_chart([floats(ORDINARY[:13])], None if sizes is None else floats(sizes)) == chart


@pytest.mark.parametrize("points", [13, 24, 36])
def test_two_different_bands_always_vary_and_one_never(points: int) -> None:
    values = floats((ORDINARY * 3)[:points])
    for one, two in combinations_with_replacement([11, 20, 50, 100], 2):
        for share in range(1, points):
            chart = choose_chart([values], floats([one] * share + [two] * (points - share)))
            assert chart == ("xmr" if one == two else "p_prime")
