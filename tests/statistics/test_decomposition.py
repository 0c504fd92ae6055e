"""Kitagawa's decomposition, and the mean of structures beside the share of records (methods 8.1, 8.2)."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.decomposition import Decomposition, Tally, decomposition, tell_different_stories
from pipelines.statistics.means import mean_of_structures
from tests.statistics.tables import number, spec_table

Counts = list[tuple[int, int]]
ONE = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
TWO_PERIODS = st.integers(1, 8).flatmap(
    lambda k: st.tuples(*(st.lists(ONE, min_size=k, max_size=k) for _ in ("before", "after")))
)


def tally(counts: Counts) -> Tally:
    counted, size = np.array(counts).T
    return Tally(counted, size)


def read(cell: str) -> tuple[int, int]:
    """« 80 sur 100 »."""
    counted, size = cell.split(" sur ")
    return int(counted), int(size)


def literally(before: Counts, after: Counts) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """The four changes of `Decomposition`, in exact fractions, one structure after the other."""
    totals = [sum(n for _, n in period) for period in (before, after)]
    practices = composition = moved = Fraction(0)
    for (y0, n0), (y1, n1) in zip(before, after, strict=True):
        r0, r1, w0, w1 = Fraction(y0, n0), Fraction(y1, n1), Fraction(n0, totals[0]), Fraction(n1, totals[1])
        practices += (w0 + w1) / 2 * (r1 - r0)
        composition += (r0 + r1) / 2 * (w1 - w0)
        moved += r1 - r0
    pooled = [Fraction(sum(y for y, _ in period), total) for period, total in zip((before, after), totals, strict=True)]
    return moved / len(before), pooled[1] - pooled[0], practices, composition


def in_points(found: Decomposition) -> list[float]:
    return [100 * each for each in (found.mean, found.pooled, found.practices, found.composition)]


@pytest.mark.parametrize("row", spec_table("decomposition", "decomposition"), ids=lambda row: row["Cas"])
def test_what_the_page_says(row: dict[str, str]) -> None:
    before, after = ([read(row[f"{name} {when}"]) for name in "AB"] for when in ("avant", "après"))
    points = in_points(decomposition(tally(before), tally(after)))
    told = [number(row[name]) for name in ("Moyenne des structures", "Part des accueils", "Pratiques", "Composition")]
    assert points == pytest.approx(told, abs=1e-6)
    assert tell_different_stories(round(points[0]), round(points[1])) == (row["Montré"] == "oui")


@pytest.mark.parametrize("row", spec_table("decomposition", "montre"), ids=str)
def test_when_two_changes_tell_different_stories(row: dict[str, str]) -> None:
    mean, pooled = int(number(row["Moyenne des structures"])), int(number(row["Part des accueils"]))
    assert tell_different_stories(mean, pooled) == (row["Montré"] == "oui")


@pytest.mark.parametrize("table", ["deux-chiffres", "affluence"])
def test_both_figures_of_a_year(table: str) -> None:
    for row in spec_table("moyenne-des-structures", table):
        year = tally([read(row["Structure A"]), read(row["Structure B"])])
        assert year.mean == pytest.approx(number(row["Moyenne des structures"]), abs=1e-6)
        assert year.pooled == pytest.approx(number(row["Part des accueils"]), abs=1e-6)


@pytest.mark.parametrize("row", spec_table("moyenne-des-structures", "fourchette"), ids=lambda row: row["Basse"])
def test_the_range_of_a_mean(row: dict[str, str]) -> None:
    shares = np.array([number(each) for each in row["Parts des structures"].split(";")])
    low, high = mean_of_structures(shares.mean(), shares.std(ddof=1), len(shares))
    assert shares.mean() == pytest.approx(number(row["Moyenne"]))
    assert (low, high) == pytest.approx((number(row["Basse"]), number(row["Haute"])), abs=5e-6)


@given(TWO_PERIODS)
def test_against_exact_fractions(periods: tuple[Counts, Counts]) -> None:
    found = decomposition(*map(tally, periods))
    mean, pooled, practices, composition = literally(*periods)
    assert pooled == practices + composition
    expected = [100 * float(each) for each in (mean, pooled, practices, composition)]
    assert in_points(found) == pytest.approx(expected, abs=1e-9)
    assert found.practices + found.composition == pytest.approx(found.pooled, abs=1e-12)


@given(TWO_PERIODS)
def test_practices_stay_within_what_structures_did(periods: tuple[Counts, Counts]) -> None:
    before, after = map(tally, periods)
    changes = after.shares - before.shares
    practices = decomposition(before, after).practices
    assert changes.min() - 1e-12 <= practices <= changes.max() + 1e-12


@given(TWO_PERIODS, st.sampled_from([2, 3, 7]))
def test_every_record_repeated_moves_nothing(periods: tuple[Counts, Counts], times: int) -> None:
    repeated = ([(times * y, times * n) for y, n in period] for period in periods)
    found = in_points(decomposition(*map(tally, repeated)))
    assert found == pytest.approx(in_points(decomposition(*map(tally, periods))), abs=1e-9)


@given(TWO_PERIODS, st.sampled_from([2, 3, 7]))
def test_one_structure_repeated_moves_no_mean_of_structures(periods: tuple[Counts, Counts], times: int) -> None:
    before, after = periods
    crowded = [(times * after[0][0], times * after[0][1]), *after[1:]]
    calm, busy = (decomposition(tally(before), tally(each)) for each in (after, crowded))
    assert busy.mean == calm.mean


@given(st.lists(ONE, min_size=1, max_size=8), st.sampled_from([2, 3, 7]))
def test_where_practices_stand_still_a_structure_repeated_moves_composition_alone(year: Counts, times: int) -> None:
    crowded = [(times * year[0][0], times * year[0][1]), *year[1:]]
    found = decomposition(tally(year), tally(crowded))
    assert (found.mean, found.practices) == (0, 0)
    assert found.composition == pytest.approx(found.pooled, abs=1e-12)
