"""p and p′: published limits, and what widens them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics.p_prime import p_chart, p_prime
from tests.statistics.tables import number, spec_table

COUNTS = (34, 41, 12, 55, 70, 18, 22, 61, 9, 47)
SIZES = (50, 52, 20, 70, 80, 30, 41, 75, 18, 60)
DEFECTIVE = (12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 8, 10, 5, 13, 11, 20, 18, 15, 9, 12, 7, 13, 9, 6)
SERIES = {
    "dix périodes": ([y / n for y, n in zip(COUNTS, SIZES, strict=True)], list(SIZES)),
    "Montgomery": ([y / 50 for y in DEFECTIVE], [50] * len(DEFECTIVE)),
}
CHARTS = {"p": p_chart, "p′": p_prime}


@pytest.mark.parametrize(
    "row", spec_table("carte-p-prime", "limites"), ids=lambda row: f"{row['Série']} {row['Carte']}"
)
def test_limits_of_the_page(row: dict[str, str]) -> None:
    chart = CHARTS[row["Carte"]](*SERIES[row["Série"]])
    told = ("Centre", "Limite basse, première période", "Limite haute, première période")
    assert (chart.centre, chart.low[0], chart.high[0]) == pytest.approx([number(row[name]) for name in told], abs=1e-7)


def test_only_the_rule_outside_is_read() -> None:
    shares = [0.5] * 12 + [0.52, 0.9]
    assert p_prime(shares, [100] * 14).labels == ("",) * 13 + ("hors_limites",)


def test_p_prime_is_p_where_chance_explains_all() -> None:
    shares, sizes = [0.50, 0.51, 0.49, 0.50, 0.51], [40, 60, 80, 40, 60]
    assert p_prime(shares, sizes).low == pytest.approx(p_chart(shares, sizes).low)


def test_a_gap_moves_nothing_but_its_own_place() -> None:
    shares, sizes = SERIES["dix périodes"]
    chart = p_chart([*shares[:4], None, *shares[4:]], [*sizes[:4], None, *sizes[4:]])
    whole = p_chart(shares, sizes)
    assert np.delete(chart.low, 4) == pytest.approx(whole.low)
    assert np.isnan(chart.low[4])
    assert chart.labels[4] == ""


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_share_always_at_an_end_has_its_limits_there(share: float) -> None:
    chart = p_prime([share] * 3, [11, 20, 50])
    assert set(chart.low) == set(chart.high) == {share}
    assert set(chart.labels) == {""}


def test_points_without_neighbours_keep_the_limits_of_p() -> None:
    shares, sizes = [0.2, None, 0.8], [20, None, 50]
    assert p_prime(shares, sizes).high == pytest.approx(p_chart(shares, sizes).high, nan_ok=True)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100), st.sampled_from([11, 20, 50, 100])), min_size=2, max_size=36))
def test_p_prime_never_says_more_than_p_and_its_centre_is_within_its_limits(points: list[tuple[int, int]]) -> None:
    shares, sizes = [value / 100 for value, _ in points], [size for _, size in points]
    narrow, wide = p_chart(shares, sizes), p_prime(shares, sizes)
    assert (wide.low <= narrow.low).all()
    assert (wide.high >= narrow.high).all()
    assert (wide.low <= wide.centre + 1e-12).all()
    assert (wide.high >= wide.centre - 1e-12).all()


@settings(deadline=None)
@given(st.permutations(range(10)))
def test_the_order_of_periods_is_nothing_to_the_p_chart(order: list[int]) -> None:
    shares, sizes = SERIES["dix périodes"]
    shuffled = p_chart([shares[each] for each in order], [sizes[each] for each in order])
    assert shuffled.low == pytest.approx(p_chart(shares, sizes).low[order])
