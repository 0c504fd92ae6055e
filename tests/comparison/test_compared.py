"""Who is compared, on what, with whom."""

from __future__ import annotations

import polars as pl
import pytest

from tests.comparison.by_hand import PERIODS, TEN, YEAR, compared, counts_of, measures_of, units_of, values_of

TEN_COUNTS = counts_of(TEN)


def test_structures_shown_with_a_point_are_compared_in_the_region() -> None:
    found = compared(TEN_COUNTS)
    assert found.comparaisons["structure_id"].to_list() == sorted(TEN)
    assert found.comparaisons["perimetre"].unique().to_list() == ["region"]
    assert found.comparaisons["valeur"].to_list()[:2] == [68, 79]
    assert found.entonnoirs["structures"].unique().to_list() == [10]


@pytest.mark.parametrize(
    "told",
    [{"comparaison": "aucune"}, {"fait_d_organisation": True}, {"genre": "quantiles"}, {"genre": "ecart"}],
    ids=str,
)
def test_the_grid_says_what_is_not_compared(told: dict[str, object]) -> None:
    found = compared(TEN_COUNTS, measures_of(**told))
    assert found.comparaisons.is_empty()
    assert found.entonnoirs.is_empty()


def test_a_distribution_is_compared_on_its_favourable_share_alone() -> None:
    measures = measures_of(genre="repartition")
    assert compared(TEN_COUNTS, measures).comparaisons.is_empty()
    assert compared(counts_of(TEN, category="oui"), measures).comparaisons.is_empty()
    assert compared(counts_of(TEN, category="favorable"), measures).comparaisons.height == 10


def test_a_ratio_is_compared_only_where_it_is_a_share() -> None:
    measures = measures_of(genre="rapport_de_sommes")
    assert compared(TEN_COUNTS, measures).comparaisons.height == 10
    assert compared(counts_of(TEN | {"S11": (30, 20)}), measures).comparaisons.is_empty()


def test_months_are_not_compared_and_quarters_are() -> None:
    for step, rows in (("mois", 0), ("trimestre", 10)):
        periods = pl.DataFrame({"pas": [step], "debut": [YEAR]})
        assert compared(counts_of(TEN, step=step), periods=periods).comparaisons.height == rows


def test_periods_that_are_not_asked_for_are_left_alone() -> None:
    assert compared(TEN_COUNTS, periods=PERIODS.clear()).comparaisons.is_empty()


def test_what_is_hidden_or_has_no_point_changes_nothing() -> None:
    hidden = counts_of({"S11": (0, 40), "S12": (2, 40)})
    unseen = values_of(hidden).with_columns(
        valeur=pl.when(pl.col("unite_id") == "S11").then("valeur"),
        etat=pl.when(pl.col("unite_id") == "S11").then(pl.lit("masque")).otherwise("etat"),
    )
    found = compared(pl.concat([TEN_COUNTS, hidden]), measures_of(), values=pl.concat([values_of(TEN_COUNTS), unseen]))
    usual = compared(TEN_COUNTS)
    assert found.comparaisons.equals(usual.comparaisons)
    assert found.entonnoirs.equals(usual.entonnoirs)


def test_within_a_network_when_the_grid_asks_for_it() -> None:
    names = sorted(TEN)
    units = pl.concat([units_of(names[:8], "cio"), units_of(names[8:], "apec")])
    found = compared(TEN_COUNTS, measures_of(comparaison="meme_reseau"), units=units)
    assert found.comparaisons["perimetre"].to_list() == ["cio"] * 8
    assert found.entonnoirs["perimetre"].unique().to_list() == ["cio"]
    assert found.entonnoirs["structures"].unique().to_list() == [8]


@pytest.mark.parametrize(("structures", "rows"), [(7, 0), (8, 8)])
def test_fewer_than_eight_structures_are_not_compared(structures: int, rows: int) -> None:
    few = dict(list(TEN.items())[:structures])
    assert compared(counts_of(few)).comparaisons.height == rows


def test_a_figure_of_a_group_is_no_headline() -> None:
    grouped = counts_of(TEN).with_columns(groupe=pl.lit("contre"), y=pl.lit(0, pl.Int64))
    found = compared(pl.concat([TEN_COUNTS, grouped]), values=values_of(TEN_COUNTS))
    assert found.comparaisons.equals(compared(TEN_COUNTS).comparaisons)
