"""Funnels by band, and who lies beyond them."""

from __future__ import annotations

import math

import polars as pl
import pytest

from pipelines.statistics.dispersion import dispersion, widened_limits
from pipelines.statistics.funnel import exact_limits
from tests.comparison.by_hand import TEN, compared, counts_of, drawn, measures_of

ALIKE = {f"S{rank:02}": (70, 100) for rank in range(12)}
REFERENCE = sum(y for y, _ in TEN.values()) / sum(n for _, n in TEN.values())
LIMITS = ("bas998", "bas95", "haut95", "haut998")


def flags(counted: dict[str, tuple[int, int]]) -> dict[str, str | None]:
    found = compared(counts_of(counted)).comparaisons
    return dict(found.select("structure_id", "a_examiner").iter_rows())


def test_a_structure_far_beyond_chance_is_to_be_looked_at() -> None:
    found = flags(ALIKE | {"S98": (40, 100), "S99": (95, 100)})
    assert (found.pop("S98"), found.pop("S99")) == ("au_dessous", "au_dessus")
    assert set(found.values()) == {None}


@pytest.mark.parametrize(("y", "expected"), [(24, "au_dessous"), (25, None), (44, None), (45, "au_dessus")])
def test_the_exact_count_decides_beside_a_common_rate_of_70(y: int, expected: str | None) -> None:
    # Two structures that differ as much the other way keep the rate at 70 %; the rest makes it weigh nothing.
    many = {f"T{rank:03}": (7000, 10000) for rank in range(200)}
    assert flags(many | {"S98": (y, 50), "S99": (70 - y, 50)})["S98"] == expected


def test_where_all_differ_the_widened_limits_hold_too() -> None:
    spread = {f"S{rank:02}": (y, 100) for rank, y in enumerate([50, 55, 60, 65, 70, 70, 75, 80, 85, 90])}
    found = compared(counts_of(spread))
    assert found.entonnoirs["surdispersion"].all()
    assert found.comparaisons["a_examiner"].is_null().all()
    reference = sum(y for y, _ in spread.values()) / 1000
    assert exact_limits(100, reference).low_998 > 0.5
    (row,) = found.entonnoirs.to_dicts()
    assert row["bas998"] < 50
    assert row["haut998"] > 90


def test_limits_of_the_ten_structures_are_drawn_at_the_lower_end_of_each_band() -> None:
    found = compared(counts_of(TEN)).entonnoirs
    assert found["assise"].to_list() == ["11-19", "20-49", "50-99"]
    assert found["reference"].unique().to_list() == [74]
    assert found["surdispersion"].all()
    tau_squared = dispersion(*map(list, zip(*TEN.values(), strict=True)), REFERENCE).tau_squared
    for row, size in zip(found.to_dicts(), (11, 20, 50), strict=True):
        exact, widened = exact_limits(size, REFERENCE), widened_limits(size, REFERENCE, tau_squared)
        assert [row[name] for name in LIMITS] == [
            math.floor(100 * min(exact.low_998, widened.low_998)),
            math.floor(100 * min(exact.low_95, widened.low_95)),
            math.ceil(100 * max(exact.high_95, widened.high_95)),
            math.ceil(100 * max(exact.high_998, widened.high_998)),
        ]


def test_limits_are_exact_where_chance_explains_all() -> None:
    (row,) = compared(counts_of({f"S{rank:02}": (35, 50) for rank in range(12)})).entonnoirs.to_dicts()
    assert not row["surdispersion"]
    assert [row[name] for name in LIMITS] == [48, 55, 82, 88]
    assert row["assise"] == "50-99"


def test_an_opinion_is_never_everybodys() -> None:
    counts = counts_of({f"S{rank:02}": (n - 3, n) for rank, n in enumerate([300] * 8 + [12, 20])})
    found = compared(counts, measures_of(opinion=True)).entonnoirs
    assert found.select(pl.max_horizontal(LIMITS)).to_series().max() == 99
    usual = compared(counts).entonnoirs
    assert usual.select(pl.max_horizontal(LIMITS)).to_series().max() == 100


@pytest.mark.parametrize("rate", [0, 1])
def test_a_practice_that_all_or_none_have_is_drawn_as_it_is(rate: int) -> None:
    found = compared(counts_of({f"S{rank:02}": (rate * 30, 30) for rank in range(8)}))
    (row,) = found.entonnoirs.to_dicts()
    assert [row["reference"], *(row[name] for name in LIMITS)] == [100 * rate] * 5
    assert found.comparaisons["a_examiner"].is_null().all()
    assert found.comparaisons["stabilisee"].to_list() == [100 * rate] * 8


def test_structures_of_one_rate_are_flagged_no_more_often_than_chance_has_it() -> None:
    counts = drawn(2025, structures=40, measures=[f"M{rank:03}@1" for rank in range(150)])
    found = compared(counts).comparaisons
    assert found.height == 6000
    assert found["a_examiner"].is_not_null().mean() <= 0.002 + 3 * math.sqrt(0.002 * 0.998 / found.height)
