"""XmR and its rules: published values, a literal second implementation, and what must never change them."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics.xmr import xmr
from tests.statistics.literal_spc import Series, literal_labels, literal_limits
from tests.statistics.tables import number, spec_table

WHOLE = st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=40).filter(
    lambda points: any(each is not None for each in points)
)

RNORM_123 = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285,
    -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716,
    0.70135590, -0.47279141,
]  # fmt: skip


def points(text: str) -> Series:
    """« 1 2 – 4 »: a dash is a gap."""
    return [None if each == "–" else number(each) for each in text.split()]


@pytest.mark.parametrize("row", spec_table("cartes-xmr", "limites"), ids=lambda row: row["Cas"])
def test_limits_of_the_page(row: dict[str, str]) -> None:
    fixed = int(row["Limites figées sur"]) if row["Limites figées sur"] != "–" else None
    chart = xmr(points(row["Points"]), fixed_first=fixed, screened=row["Écarts exceptionnels"] == "écartés")
    found = (chart.centre, chart.low[-1], chart.high[-1])
    assert found == pytest.approx([number(row[name]) for name in ("Centre", "Limite basse", "Limite haute")], abs=5e-5)


@pytest.mark.parametrize("row", spec_table("cartes-xmr", "signaux"), ids=lambda row: row["Cas"])
def test_labels_of_the_page(row: dict[str, str]) -> None:
    chart = xmr(points(row["Points"]), fixed_first=int(row["Limites figées sur"]))
    marked = {place + 1: label for place, label in enumerate(chart.labels) if label}
    told = row["Points signalés"]
    first, _, last = told.partition(" à ")
    expected = {} if told == "aucun" else dict.fromkeys(range(int(first), int(last or first) + 1), row["Règle"])
    assert marked == expected


def test_the_published_vignette() -> None:
    series = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)
    screened, plain = xmr(series), xmr(series, screened=False)
    assert screened.centre == pytest.approx(35 / 18)
    assert (screened.low[0], screened.high[0]) == pytest.approx((-0.7155555556, 4.6044444444), abs=1e-6)
    assert (plain.low[0], plain.high[0]) == pytest.approx((-3.0626143791, 6.9515032680), abs=1e-6)
    assert [place for place, label in enumerate(screened.labels) if label] == [4]


def test_the_published_random_series() -> None:
    chart = xmr(RNORM_123)
    assert (chart.centre, chart.low[0], chart.high[0]) == pytest.approx((0.1416238, -3.01138, 3.294627), abs=1e-6)


def _random_series(draw: random.Random) -> Series:
    """Of any length, rising, shifted, rounded or constant, with gaps or without."""
    size, slope, spread = draw.randint(2, 30), draw.choice([0, 0, 0.5, -1, 3]), draw.choice([0, 1, 3, 10])
    jump = draw.choice([0, 0, 5, 20]) * spread
    raw = [50 + slope * place + draw.gauss(0, spread) + (jump if 2 * place > size else 0) for place in range(size)]
    rounded = [round(each, draw.choice([0, 0, 0, 2])) for each in raw]
    gaps = draw.choice([0, 0, 0.1, 0.4])
    drawn: Series = [None if draw.random() < gaps else each for each in rounded]
    return drawn if any(each is not None for each in drawn) else rounded[:1]


def test_a_literal_second_implementation_says_the_same_of_a_thousand_series() -> None:
    draw, met = random.Random(20260301), Counter[str]()
    for _ in range(1000):
        series, screened = _random_series(draw), draw.random() < 0.8
        known = next(place for place, each in enumerate(series) if each is not None)
        fixed = draw.choice([None, None, max(known + 1, len(series) // 2)])
        chart = xmr(series, fixed_first=fixed, screened=screened)
        mean, low, high = literal_limits(series, fixed, screened)
        assert chart.centre == pytest.approx(float(mean), abs=1e-9)
        for found, expected in ((chart.low, low), (chart.high, high)):
            assert found == pytest.approx([np.nan if expected is None else float(expected)] * len(series), nan_ok=True)
        assert list(chart.labels) == literal_labels(series, mean, low, high)
        met.update(chart.labels)
        met["sans limites"] += low is None
    assert all(
        met[each] > 20 for each in ("", "hors_limites", "tendance", "deux_sur_trois", "decalage", "sans limites")
    )


def test_a_constant_series_shows_nothing_whatever_its_value() -> None:
    chart = xmr([0.1] * 12)
    assert (chart.low[0], chart.high[0]) == pytest.approx((0.1, 0.1))
    assert set(chart.labels) == {""}


def test_a_range_of_exactly_the_screen_is_dropped() -> None:
    ranges = [3267, -749, *[748] * 8]  # their mean is 1000
    chart = xmr([sum(ranges[:place]) for place in range(len(ranges) + 1)])
    assert chart.high[0] - chart.centre == pytest.approx(2.66 * (749 + 8 * 748) / 9)


def test_limits_frozen_on_the_first_points_ignore_what_follows() -> None:
    before: Series = [60, 62, 61, 59, 63, 60, 61, 62, 60, 61]
    frozen = [xmr([*before, *after], fixed_first=10) for after in ([None, 90, 91], [61, 60, 62])]
    assert frozen[0].high[0] == frozen[1].high[-1] == xmr(before).high[0]
    assert frozen[0].labels[-2:] == ("hors_limites", "hors_limites")


@pytest.mark.parametrize(("series", "fixed"), [([], None), ([None, None], None), ([None, 3], 1)])
def test_a_chart_needs_a_point_to_work_from(series: Series, fixed: int | None) -> None:
    with pytest.raises(ValueError, match="at least one point"):
        xmr(series, fixed_first=fixed)


@settings(deadline=None)
@given(WHOLE)
def test_a_gap_has_no_label_and_gaps_at_both_ends_change_nothing(series: Series) -> None:
    chart, padded = xmr(series), xmr([None, *series, None, None])
    assert padded.labels == ("", *chart.labels, "", "")
    assert (padded.centre, padded.low[0]) == pytest.approx((chart.centre, chart.low[0]), nan_ok=True)
    assert all(not label for label, each in zip(chart.labels, series, strict=True) if each is None)


@settings(deadline=None)
@given(WHOLE)
def test_turned_upside_down_or_back_to_front_the_same_points_are_marked(series: Series) -> None:
    labels = xmr(series).labels
    assert xmr([None if each is None else 100 - each for each in series]).labels == labels
    assert xmr(series[::-1]).labels == labels[::-1]


@settings(deadline=None)
@given(WHOLE, st.sampled_from([2, 10, 0.5]), st.integers(-50, 50))
def test_another_unit_moves_the_limits_with_the_values_and_no_label(series: Series, factor: float, shift: int) -> None:
    chart, moved = xmr(series), xmr([None if each is None else factor * each + shift for each in series])
    assert moved.labels == chart.labels
    assert moved.high == pytest.approx(factor * chart.high + shift, nan_ok=True)
