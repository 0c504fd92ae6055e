"""Indirect standardisation: the spec table of the page on comparing, and the rates that a structure is compared with."""

from __future__ import annotations

import pytest

from pipelines.statistics.standardisation import reference_rates, standardised
from tests.statistics.tables import number, spec_table


@pytest.mark.parametrize("row", spec_table("comparer", "situations"))
def test_a_structure_beside_what_its_situations_would_give(row: dict[str, str]) -> None:
    sizes = [number(row["sur place"]), number(row["au téléphone"])]
    found = standardised(int(number(row["observés"])), sizes, [0.8, 0.6], reference=0.7)
    assert found.expected == pytest.approx(number(row["attendus"]))
    assert (found.ratio, found.low, found.high) == pytest.approx(
        tuple(number(row[name]) for name in ("rapport", "bas", "haut")), abs=5e-5
    )
    assert found.rate == pytest.approx(72 / 66 * 0.7)


def test_nothing_observed_goes_down_to_zero() -> None:
    found = standardised(0, [10.0], [0.3], reference=0.3)
    assert (found.ratio, found.low) == (0, 0)
    assert found.high == pytest.approx(3.688879454 / 3)  # −ln 0.025: the exact Poisson bound of nothing observed


def test_a_small_structure_stays_in_the_region() -> None:
    assert reference_rates([80, 60], [100, 100], [2, 1], [5, 5]).tolist() == [0.8, 0.6]


def test_a_large_structure_is_not_compared_with_itself() -> None:
    assert reference_rates([80, 60], [100, 100], [20, 10], [20, 20]).tolist() == [60 / 80, 50 / 80]


def test_strata_that_are_too_small_share_one_rate() -> None:
    assert reference_rates([80, 3, 6], [100, 6, 6], [0] * 3, [0] * 3).tolist() == [0.8, 0.75, 0.75]
    together = 89 / 116
    assert reference_rates([80, 9], [106, 10], [0, 0], [0, 0]).tolist() == [80 / 106, pytest.approx(together)]


@pytest.mark.parametrize("rates", [[0.0], [0]])
def test_nothing_expected_makes_no_ratio(rates: list[float]) -> None:
    with pytest.raises(ValueError, match="Nothing is expected"):
        standardised(0, [10], rates, reference=0.1)


def test_a_structure_that_is_the_whole_region_has_no_one_to_be_compared_with() -> None:
    with pytest.raises(ValueError, match="Nothing of the region"):
        reference_rates([5], [20], [5], [20])
