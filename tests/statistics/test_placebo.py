"""One among others, and many among others."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.panel import difference_in_differences
from pipelines.statistics.placebo import MARKED, change, difference_of_changes, placebo_rank, slopes_diverge
from tests.statistics.tables import number, spec_table

RNG = np.random.default_rng(20250301)


@pytest.mark.parametrize("row", spec_table("structures-temoins", "differences"), ids=lambda row: " ".join(row.values()))
def test_difference_of_changes(row: dict[str, str]) -> None:
    was, became, other_was, other_became = (number(cell) for cell in list(row.values())[:4])
    found = difference_of_changes(([was], [became]), ([other_was], [other_became]))
    assert found == pytest.approx(number(row["différence"]), abs=1e-12)


@pytest.mark.parametrize("row", spec_table("structures-temoins", "rangs"), ids=lambda row: " ".join(row.values()))
def test_ranks(row: dict[str, str]) -> None:
    others = [size for size in (1, -12, 15) for _ in range(int(row[f"dont changement {size}".replace("-", "−")]))]
    assert len(others) == int(row["témoins"])
    found = placebo_rank(number(row["changement"]), others)
    if row["p"] == "aucun":
        assert found is None
    else:
        assert found == pytest.approx(number(row["p"]), abs=1e-6)
        assert (found <= MARKED) == (row["plus marqué"] == "oui")


@given(
    st.floats(-50, 50),
    st.lists(st.floats(-50, 50), min_size=20, max_size=40),
)
def test_a_rank_is_a_share_that_neither_order_nor_sign_moves(treated: float, others: list[float]) -> None:
    found = placebo_rank(treated, others)
    assert found
    assert 1 / (1 + len(others)) <= found <= 1
    assert placebo_rank(-treated, [-each for each in reversed(others)]) == found


def test_a_structure_that_did_as_the_others_ranks_anywhere() -> None:
    draws = RNG.normal(0, 3, (2000, 25))
    ranks = [placebo_rank(each[0], list(each[1:])) for each in draws]
    marked = np.mean([rank is not None and rank <= MARKED for rank in ranks])
    assert 0.02 < marked < 0.06


def test_a_change_leaves_out_periods_without_a_value() -> None:
    assert change([50, None, 60], [None, 70]) == 15


@pytest.mark.parametrize(
    ("treated", "diverging"),
    [
        ([50, 52, 51, 53, 52, 54, 53, 55, 54, 56], False),
        ([60, 62, 61, 63, 62, 64, 63, 65, 64, 66], False),
        ([50, 54, 57, 63, 66, 70, 73, 79, 82, 86], True),
        ([86, 82, 79, 73, 70, 66, 63, 57, 54, 50], True),
        ([50, None, 51, 53, None, 54, 53, 55, 54, None], False),
        ([50, None, None, None, None, None, None, None, None, 54], True),
    ],
)
def test_slopes_before(treated: list[float | None], diverging: bool) -> None:
    controls = [
        [base + t // 2 + (-1) ** (t + shift) for t in range(10)] for base, shift in product((40, 50, 70), (0, 1))
    ]
    assert slopes_diverge(treated, controls) is diverging


def test_a_control_that_begins_late_moves_no_slope() -> None:
    steady: list[list[float | None]] = [[50.0 + (t % 2) for t in range(12)] for _ in range(5)]
    late: list[float | None] = [None] * 6 + [90.0 + (t % 2) for t in range(6)]
    assert not slopes_diverge([60.0 + (t % 2) for t in range(12)], [*steady, late])


def panel(effect: float, *, treated: int = 12, others: int = 15, noise: float = 0.0) -> dict[str, list[object]]:
    rows = list(product(range(treated + others), range(12)))
    drawn = RNG.normal(0, noise, len(rows)) if noise else [0.0] * len(rows)
    return {
        "structures": [f"S{unit:02}" for unit, _ in rows],
        "periods": [period for _, period in rows],
        "acting": [unit < treated and period >= 6 for unit, period in rows],
        "outcomes": [
            40 + unit + 3 * np.sin(period) + effect * (unit < treated and period >= 6) + error
            for (unit, period), error in zip(rows, drawn, strict=True)
        ],
    }


def test_an_effect_is_found_whatever_structures_and_periods_do() -> None:
    assert difference_in_differences(**panel(7.5)).estimate == pytest.approx(7.5, abs=1e-9)  # type: ignore[arg-type]


def test_a_full_panel_gives_the_difference_of_the_mean_changes() -> None:
    rows = panel(4, noise=3)
    outcomes = np.array(rows["outcomes"], dtype=float).reshape(-1, 12)
    changes = outcomes[:, 6:].mean(1) - outcomes[:, :6].mean(1)
    found = difference_in_differences(**rows)  # type: ignore[arg-type]
    assert found.estimate == pytest.approx(changes[:12].mean() - changes[12:].mean(), abs=1e-9)
    assert found.low < 4 < found.high


@pytest.mark.long
def test_the_range_holds_the_effect_about_nineteen_times_in_twenty() -> None:
    found = [difference_in_differences(**panel(2, noise=4)) for _ in range(200)]  # type: ignore[arg-type]
    assert 0.90 <= np.mean([each.low <= 2 <= each.high for each in found]) <= 0.99


@pytest.mark.parametrize(("treated", "others"), [(9, 20), (12, 0)])
def test_few_that_act_or_none_that_does_not_are_refused(treated: int, others: int) -> None:
    with pytest.raises(ValueError, match="ten structures"):
        difference_in_differences(**panel(1, treated=treated, others=others))  # type: ignore[arg-type]
