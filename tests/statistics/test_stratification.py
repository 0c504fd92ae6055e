"""Post-stratification by channel, with Kish's effective size (methods 3)."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.proportions import wilson
from pipelines.statistics.stratification import WeightedShare, kish_size, weighted_share
from tests.statistics.tables import number, spec_table

STRATA = st.lists(
    st.integers(11, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n), st.integers(1, 10))),
    min_size=1,
    max_size=6,
)
Strata = list[tuple[int, int, int]]


def columns(strata: Strata) -> tuple[list[int], list[int], list[float]]:
    """Counted, sizes, and the mix that whole numbers are in proportion of."""
    total = sum(part for _, _, part in strata)
    return [y for y, _, _ in strata], [n for _, n, _ in strata], [part / total for _, _, part in strata]


def literally(counted: list[int], sizes: list[int], mix: list[float]) -> tuple[float, float]:
    """The weighted share and Kish's size, answer by answer."""
    total = sum(sizes)
    answers = [
        (part * total / size, rank < favourable)
        for favourable, size, part in zip(counted, sizes, mix, strict=True)
        for rank in range(size)
    ]
    weights = math.fsum(weight for weight, _ in answers)
    share = math.fsum(weight for weight, favourable in answers if favourable) / weights
    return share, weights**2 / math.fsum(weight**2 for weight, _ in answers)


def test_the_example_of_the_methods() -> None:
    """[example]: its last stratum has ten answers only, fewer than the eleven that are asked for by default."""
    strata = [16, 12, 5], [20, 20, 10], [0.6, 0.3, 0.1]
    found = weighted_share(*strata, fewest=10)
    assert found is not None
    assert found.share == pytest.approx(0.71, abs=1e-6)
    assert found.effective_size == pytest.approx(42.55, abs=5e-3)
    assert weighted_share(*strata) is None


@pytest.mark.parametrize("row", spec_table("redressement", "redressement"), ids=lambda row: row["Brut"])
def test_what_the_page_says(row: dict[str, str]) -> None:
    counted, sizes = (
        [int(each) for each in row[f"{name} par canal"].split(";")] for name in ("Favorables", "Réponses")
    )
    found = weighted_share(counted, sizes, [number(each) for each in row["Place du canal"].split(";")])
    assert sum(counted) / sum(sizes) == pytest.approx(number(row["Brut"]), abs=5e-5)
    if row["Redressé"] == "non":
        assert found is None
        return
    assert found is not None
    told = [number(row[name]) for name in ("Redressé", "Basse", "Haute")]
    assert [found.share, found.low, found.high] == pytest.approx(told, abs=5e-6)
    assert found.effective_size == pytest.approx(number(row["Effectif efficace"]), abs=5e-4)


@pytest.mark.parametrize(
    ("sizes", "refused"),
    [([11, 11], False), ([10, 11], True), ([0, 50], True), ([15, 75], False), ([14, 76], True)],
    ids=["eleven", "ten", "missing", "three times", "more than three times"],
)
def test_refused(sizes: list[int], refused: bool) -> None:
    assert (weighted_share([size // 2 for size in sizes], sizes, [0.5, 0.5]) is None) == refused


@pytest.mark.parametrize("mix", [[0.5, 0.4], [1.0, 0.0], [1.2, -0.2]], ids=str)
def test_a_mix_that_is_none(mix: list[float]) -> None:
    with pytest.raises(ValueError, match="add up to 1"):
        weighted_share([10, 10], [20, 20], mix)


@given(STRATA)
def test_against_a_literal_implementation(strata: Strata) -> None:
    found = weighted_share(*columns(strata))
    if found is None:
        _counted, sizes, mix = columns(strata)
        assert max(part * sum(sizes) / size for part, size in zip(mix, sizes, strict=True)) > 3
        return
    share, size = literally(*columns(strata))
    assert (found.share, found.effective_size) == pytest.approx((share, size), abs=1e-9, rel=1e-9)


@given(STRATA)
def test_what_always_holds(strata: Strata) -> None:
    counted, sizes, _ = columns(strata)
    found = weighted_share(*columns(strata))
    if found is None:
        return
    shares = np.array(counted) / sizes
    assert shares.min() - 1e-12 <= found.share <= shares.max() + 1e-12
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share - 1e-12 <= found.high <= 1
    assert found.effective_size <= sum(sizes) + 1e-9


@given(st.lists(st.integers(11, 300), min_size=1, max_size=6).flatmap(
    lambda sizes: st.tuples(st.just(sizes), st.tuples(*(st.integers(0, size) for size in sizes)))
))  # fmt: skip
def test_who_answers_as_the_public_comes_is_not_moved(strata: tuple[list[int], tuple[int, ...]]) -> None:
    sizes, counted = strata
    total = sum(sizes)
    found = weighted_share(list(counted), sizes, [size / total for size in sizes])
    assert found is not None
    assert found.share == pytest.approx(sum(counted) / total)
    assert (found.low, found.high) == pytest.approx(tuple(map(float, wilson(sum(counted), total))), abs=1e-9)


@given(STRATA, st.sampled_from([2, 3, 7]))
def test_every_answer_repeated_narrows_the_range_alone(strata: Strata, times: int) -> None:
    once = weighted_share(*columns(strata))
    again = weighted_share(*columns([(times * y, times * n, part) for y, n, part in strata]))
    assert (once is None) == (again is None)
    if once is None or again is None:
        return
    assert again.share == pytest.approx(once.share)
    assert again.high - again.low < once.high - once.low


def test_resemblance_within_structures_widens_the_range() -> None:
    strata = [32, 24, 10], [40, 40, 20], [0.6, 0.3, 0.1]
    alone, together = weighted_share(*strata), weighted_share(*strata, design_effect=2)
    assert isinstance(alone, WeightedShare)
    assert isinstance(together, WeightedShare)
    assert together.effective_size == pytest.approx(alone.effective_size / 2)
    assert (together.low, together.high) == pytest.approx(
        tuple(map(float, wilson(0.71 * 42.5531914893617, 42.5531914893617)))
    )


def test_equal_weights_are_worth_all_answers() -> None:
    assert kish_size([1.0, 1.0], [20, 30]) == 50
