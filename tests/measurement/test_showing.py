"""How a figure leaves: the tables of methods 1.5 and 7.6."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.measurement.shares import shown_shares
from pipelines.measurement.showing import band, response_class, state, too_few_answers
from pipelines.statistics.proportions import wilson
from tests.measurement.by_hand import THRESHOLDS

BANDS = [(11, "11-19"), (19, "11-19"), (20, "20-49"), (49, "20-49"), (50, "50-99"), (99, "50-99"), (100, "100+")]
CLASSES = [(49, "0-49"), (50, "50-74"), (74, "50-74"), (75, "75-89"), (89, "75-89"), (90, "90-100"), (100, "90-100")]
SHARES = [
    # y, n, opinion → value, low, high, reason
    (298, 400, False, (75, 70, 79, None)),
    (297, 400, False, (74, 69, 79, None)),
    (36, 49, False, (73, 55, 85, None)),
    (55, 55, False, (100, 93, 100, None)),
    (0, 55, False, (0, 0, 7, None)),
    (8, 16, False, (None, 25, 75, "fourchette_trop_large")),
    (0, 12, True, (None, 0, 25, None)),
    (2, 30, True, (None, 0, 10, None)),
    (12, 12, True, (None, 75, 100, None)),
    (29, 30, True, (None, 90, 100, None)),
    (3, 30, True, (10, 0, 30, None)),
    (27, 30, True, (90, 70, 100, None)),
    (3, 2000, True, (1, 0, 1, None)),
    (1997, 2000, True, (99, 99, 100, None)),
    (3, 2000, False, (0, 0, 1, None)),
]


def shares(*counts: tuple[int, int], opinion: bool = False) -> pl.DataFrame:
    """The shares of structures as they are shown, from (y, n)."""
    rows = [
        {"agregation": "structure", "fait": False, "opinion": opinion, "repondue": 1.0, "y": y, "n": n}
        | {"n_effectif": float(n), "structures": 1, "moyenne": None, "ecart_type": None}
        for y, n in counts
    ]
    floats = {"moyenne": pl.Float64, "ecart_type": pl.Float64}
    return shown_shares(pl.DataFrame(rows, schema_overrides=floats), THRESHOLDS)


@pytest.mark.parametrize(("size", "name"), BANDS)
def test_bands(size: int, name: str) -> None:
    assert pl.select(band(pl.lit(size))).item() == name


@pytest.mark.parametrize(("answered", "name"), CLASSES)
def test_response_classes(answered: int, name: str) -> None:
    assert pl.select(response_class(pl.lit(answered / 100))).item() == name


@pytest.mark.parametrize(("count", "size", "opinion", "expected"), SHARES)
def test_shares_are_whole_bounds_outward_and_opinions_never_unanimous(count, size, opinion, expected) -> None:
    [found] = shares((count, size), opinion=opinion).select("valeur", "basse", "haute", "raison").rows()
    assert found == expected


@pytest.mark.parametrize(("mean", "expected"), [(0.001, (1, 0, 5)), (0.999, (99, 95, 100))])
def test_a_mean_of_opinions_without_spread_keeps_its_point_in_a_range_as_coarse_as_others(mean, expected) -> None:
    row = {"agregation": "moyenne_structures", "fait": False, "opinion": True, "repondue": 1.0, "y": 20, "n": 40}
    spread = {"n_effectif": 40.0, "structures": 8, "moyenne": mean, "ecart_type": 0.0}
    [found] = shown_shares(pl.DataFrame([row | spread]), THRESHOLDS).select("valeur", "basse", "haute").rows()
    assert found == expected


@given(st.lists(st.integers(11, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1))
def test_bounds_are_rounded_outward(counts: list[tuple[int, int]]) -> None:
    for row in shares(*counts).iter_rows(named=True):
        low, high = wilson(row["y"], row["n"])
        assert row["basse"] <= 100 * low + 1e-6
        assert row["haute"] >= 100 * high - 1e-6
        assert row["valeur"] is None or row["basse"] <= row["valeur"] <= row["haute"]


def test_states_and_non_response() -> None:
    assert [pl.select(state(pl.lit(size))).item() for size in (11, 29, 30)] == ["prudence", "prudence", "ok"]
    assert pl.select(too_few_answers(pl.lit(0.49))).item()
    assert not pl.select(too_few_answers(pl.lit(0.5))).item()
