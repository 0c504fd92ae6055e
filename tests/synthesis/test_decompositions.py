"""quality.decompositions: when both ways to count tell different stories, and why."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipelines.statistics.decomposition import Tally, decomposition
from pipelines.synthesis.decompositions import DECOMPOSITIONS, decompositions
from tests.synthesis import made
from tests.synthesis.made import YEAR, YEAR_BEFORE

OLD, NEW = "PD02.rendue@2023.1", "PD02.rendue@2025.1"
MEASURES = made.measures({"mesure_id": OLD}, {"mesure_id": NEW, "suite_de": OLD})
NETWORK = ["A", "B", "C", "D", "E"]
UNITS = made.units({"ml": NETWORK, "cio": ["F"]})
Year = Mapping[str, tuple[int, int]]
CALM: Year = {"A": (80, 100), "B": (80, 100), "C": (80, 100), "D": (80, 100), "E": (10, 20)}
CROWDED: Year = {"A": (34, 40), "B": (34, 40), "C": (34, 40), "D": (34, 40), "E": (352, 640)}
"""As in methods 8.2, the four first structures standing for A: each improves by five points, the last receives far more."""
COUNTED = st.integers(11, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def year(counted: Year, measure: str, debut: date, **others: object) -> list[dict[str, object]]:
    return [
        {"mesure_id": measure, "unite_id": name, "debut": debut, "y": y, "n": n, **others}
        for name, (y, n) in counted.items()
    ]


def both_years(before: Year = CALM, after: Year = CROWDED, **others: object) -> pl.DataFrame:
    return made.counts([*year(before, OLD, YEAR_BEFORE, **others), *year(after, NEW, YEAR, **others)])


def found(counts: pl.DataFrame, measures: pl.DataFrame = MEASURES, units: pl.DataFrame = UNITS) -> pl.DataFrame:
    frame = decompositions(counts, measures, units)
    assert dict(frame.schema) == DECOMPOSITIONS
    return frame


def test_across_two_versions_that_make_one_series() -> None:
    """Before: 330 of 420; after: 488 of 800. −18 points (17.57), and +5 everywhere."""
    rows = found(both_years())
    expected = {"mesure_id": NEW, "pas": "annee", "debut": YEAR, "depuis": YEAR_BEFORE, "structures": 5}
    expected |= {"moyenne": 5, "part": -18, "pratiques": 5, "composition": -23, "separees": True}
    assert rows.select("niveau", "unite_id").rows() == [("region", "bretagne"), ("reseau", "ml")]
    for row in rows.drop("niveau", "unite_id").iter_rows(named=True):
        assert row == expected


def test_a_definition_that_changed_is_compared_with_nothing() -> None:
    assert found(both_years(), made.measures({"mesure_id": OLD}, {"mesure_id": NEW})).is_empty()


def test_both_ways_to_count_that_move_alike_do_not_part() -> None:
    better: Year = {name: (y + n // 10, n) for name, (y, n) in CALM.items()}
    rows = found(both_years(after=better))
    assert rows.select("moyenne", "part", "separees").rows() == [(10, 10, False)] * 2


def test_only_structures_shown_in_both_years() -> None:
    opened: Year = CROWDED | {"F": (11, 900)}
    assert_frame_equal(found(both_years(after=opened)), found(both_years()))


def test_fewer_than_five_structures() -> None:
    four: Year = {name: counted for name, counted in CALM.items() if name != "A"}
    assert found(both_years(before=four)).is_empty()


def test_years_that_do_not_follow() -> None:
    counts = made.counts([*year(CALM, OLD, date(2023, 1, 1)), *year(CROWDED, NEW, YEAR)])
    assert found(counts).is_empty()


@pytest.mark.parametrize(
    "others", [{"pas": "trimestre"}, {"niveau": "reseau"}, {"groupe": "groupe"}, {"categorie": "3"}]
)
def test_cells_that_are_not_the_headline_of_a_structure_s_year(others: dict[str, object]) -> None:
    assert found(both_years(**others)).is_empty()


def test_the_favourable_share_of_a_distribution() -> None:
    kind = {"genre": "repartition"}
    measures = made.measures({"mesure_id": OLD, **kind}, {"mesure_id": NEW, "suite_de": OLD, **kind})
    assert found(both_years(categorie="favorable"), measures).height == 2
    assert found(both_years(), measures).is_empty()


@pytest.mark.parametrize(
    "told", [{"fait_d_organisation": True}, {"genre": "quantiles"}, {"genre": "rapport_de_sommes"}]
)
def test_measures_that_have_no_two_ways_to_count(told: dict[str, object]) -> None:
    measures = made.measures({"mesure_id": OLD, **told}, {"mesure_id": NEW, "suite_de": OLD, **told})
    assert found(both_years(), measures).is_empty()


@settings(max_examples=30)
@given(st.lists(st.tuples(COUNTED, COUNTED), min_size=5, max_size=5))
def test_whole_points_add_up_as_they_are_read(years: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    before, after = (dict(zip(NETWORK, year, strict=True)) for year in zip(*years, strict=True))
    rows = found(both_years(before, after))
    assert (rows["pratiques"] + rows["composition"] == rows["part"]).all()
    exact = decomposition(*(Tally(*np.array(list(year.values())).T) for year in (before, after)))
    for row in rows.iter_rows(named=True):
        told = row["moyenne"], row["part"], row["pratiques"]
        assert told == pytest.approx(
            [100 * each for each in (exact.mean, exact.pooled, exact.practices)], abs=0.5 + 1e-9
        )
        assert row["composition"] == pytest.approx(100 * exact.composition, abs=1 + 1e-9)


@pytest.mark.parametrize("times", [2, 3, 7])
def test_every_record_repeated_changes_nothing(times: int) -> None:
    counts = both_years().with_columns(pl.col("y", "n") * times)
    assert_frame_equal(found(counts), found(both_years()))


@pytest.mark.parametrize("times", [2, 3, 7])
def test_one_structure_repeated_moves_no_mean(times: int) -> None:
    crowded = pl.when(unite_id="E", debut=YEAR).then(times).otherwise(1)
    moved, still = found(both_years().with_columns(pl.col("y", "n") * crowded)), found(both_years())
    unmoved = ["mesure_id", "niveau", "unite_id", "structures", "moyenne", "pratiques"]
    assert_frame_equal(moved.select(unmoved), still.select(unmoved))
    assert (moved["composition"] < still["composition"]).all()


def test_permuted_rows_and_renamed_structures() -> None:
    names = dict(zip(NETWORK, ["z", "a", "q", "b", "m"], strict=True))
    renamed = both_years().sample(fraction=1, shuffle=True, seed=3).with_columns(pl.col("unite_id").replace(names))
    assert_frame_equal(found(renamed, units=made.units({"ml": names.values()})), found(both_years()))


def test_without_any_count() -> None:
    assert found(made.counts([])).is_empty()


def test_versions_that_turn_in_a_circle_still_end() -> None:
    measures = made.measures({"mesure_id": OLD, "suite_de": NEW}, {"mesure_id": NEW, "suite_de": OLD})
    assert found(both_years(), measures).height == found(both_years()).height
