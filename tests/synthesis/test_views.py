"""quality.regards: the same thing seen twice."""

from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.statistics.agreement import FEWEST_UNITS
from pipelines.synthesis.views import REGARDS, views
from tests.statistics.tables import number, spec_table
from tests.synthesis import made
from tests.synthesis.made import opinion

NOTED, TEAMS, SAID = "PD02.rendue@2025.1", "PD02.declaree@2025.1", "PD02.percue@2025.1"
MEASURES = made.measures(opinion(SAID), {"mesure_id": NOTED}, opinion(TEAMS, nature="declaree"))


def found(values: pl.DataFrame, measures: pl.DataFrame = MEASURES) -> pl.DataFrame:
    frame = views(values, measures)
    assert dict(frame.schema) == REGARDS
    return frame


def read(cell: str) -> dict[str, int]:
    """« 88 (84 à 91) »."""
    value, low, _, high = cell.replace("(", "").replace(")", "").split()
    return {"valeur": int(value), "basse": int(low), "haute": int(high)}


def structures(first: list[int], second: list[int]) -> list[dict[str, Any]]:
    """Both views of as many structures, beside those of the region."""
    seen = [
        {"mesure_id": measure, "niveau": "structure", "unite_id": f"s{rank:02}", "valeur": value}
        for measure, values in ((NOTED, first), (SAID, second))
        for rank, value in enumerate(values)
    ]
    return [*seen, {"mesure_id": NOTED, "valeur": 80}, {"mesure_id": SAID, "valeur": 60}]


def of_region(frame: pl.DataFrame) -> dict[str, Any]:
    return frame.filter(niveau="region").row(0, named=True)


@pytest.mark.parametrize("row", spec_table("trois-regards", "ecart"), ids=lambda row: row["Écart"])
def test_the_gaps_of_the_page(row: dict[str, str]) -> None:
    shown = made.values(
        {"mesure_id": NOTED, **read(row["Premier regard"])}, {"mesure_id": SAID, **read(row["Second regard"])}
    )
    gap = of_region(found(shown))
    assert [gap[name] for name in ("ecart", "basse", "haute")] == [
        number(row[name]) for name in ("Écart", "Basse", "Haute")
    ]


def test_three_views_make_three_pairs_in_order() -> None:
    shown = made.values(*({"mesure_id": each, "valeur": 50} for each in (SAID, TEAMS, NOTED)))
    assert set(found(shown).select("regard_a", "regard_b").rows()) == {(NOTED, TEAMS), (NOTED, SAID), (TEAMS, SAID)}


@pytest.mark.parametrize(
    "told",
    [
        {"comparaison": "aucune"},
        {"nature": "rendue"},
        {"unite": "points"},
        {"sens": "moins"},
        {"version": "2023.1"},
        {"indicateur_id": "PD03"},
    ],
    ids=str,
)
def test_measures_that_are_not_two_views_of_one_thing(told: dict[str, Any]) -> None:
    measures = made.measures({"mesure_id": NOTED}, opinion(SAID) | told)
    shown = made.values({"mesure_id": NOTED, "valeur": 80}, {"mesure_id": SAID, "valeur": 60})
    assert found(shown, made.measures({"mesure_id": NOTED}, opinion(SAID))).height == 1
    assert found(shown, measures).is_empty()


@pytest.mark.parametrize(
    "told",
    [
        {"etat": "masque", "valeur": None},
        {"valeur": None, "haute": 15},
        {"agregation": "part_accueils"},
        {"pas": "trimestre"},
        {"unite_id": "ml", "niveau": "reseau"},
        {"categorie": "favorable"},
        {"basse": None},
    ],
    ids=str,
)
def test_figures_that_do_not_stand_side_by_side(told: dict[str, Any]) -> None:
    shown = made.values({"mesure_id": NOTED, "valeur": 80}, {"mesure_id": SAID, "valeur": 60, **told})
    assert found(shown).is_empty()


def test_the_mean_of_structures_comes_first() -> None:
    both = ("moyenne_structures", "part_accueils")
    rows = [
        {"mesure_id": NOTED, "agregation": each, "valeur": value} for each, value in zip(both, (80, 90), strict=True)
    ]
    rows += [{"mesure_id": SAID, "agregation": each, "valeur": 60} for each in both]
    assert found(made.values(*rows))["ecart"].to_list() == found(made.values(*rows[::-1]))["ecart"].to_list() == [20]
    assert found(made.values(*rows[1:]))["ecart"].to_list() == [30]


def test_the_range_of_a_fact_is_its_point() -> None:
    fact = {"mesure_id": NOTED, "nature": "declaree", "fait_d_organisation": True}
    shown = made.values(
        {"mesure_id": NOTED, "valeur": 40, "basse": None, "haute": None}, {"mesure_id": SAID, **read("52 (45 à 59)")}
    )
    gap = of_region(found(shown, made.measures(fact, opinion(SAID))))
    assert (gap["ecart"], gap["basse"], gap["haute"]) == (-12, -19, -5)


def test_a_gap_stays_within_a_hundred_points() -> None:
    shown = made.values({"mesure_id": NOTED, **read("99 (60 à 100)")}, {"mesure_id": SAID, **read("1 (0 à 40)")})
    assert of_region(found(shown))["haute"] <= 100


@pytest.mark.parametrize("row", spec_table("trois-regards", "concordance"), ids=lambda row: row["Mot"])
def test_the_agreements_of_the_page(row: dict[str, str]) -> None:
    first, second = (
        [25 * int(each) for each in row[f"Classes vues par le {name}"].split()] for name in ("premier", "second")
    )
    told = of_region(found(made.values(*structures(first, second))))
    none = row["Concordance"] == "aucune"
    assert told["concordance"] == (None if none else number(row["Concordance"]))
    assert told["mot"] == (None if none else row["Mot"])


@pytest.mark.parametrize("row", spec_table("trois-regards", "classes"), ids=lambda row: row["Valeur"])
def test_the_classes_of_the_page(row: dict[str, str]) -> None:
    """A value agrees fully with another of its class, and with no other."""
    middles = [12, 37, 62, 87] * 5
    shown = [int(row["Valeur"]), *middles[1:]]
    for rank, middle in enumerate(middles[:4]):
        told = of_region(found(made.values(*structures(shown, [middle, *middles[1:]]))))
        assert (told["concordance"] == 1) == (rank == int(row["Classe"]))


def test_agreement_needs_twenty_structures_that_show_both() -> None:
    values = [10, 40, 60, 90] * 5
    assert FEWEST_UNITS == len(values) == 20
    fewer = made.values(*structures(values, values)).filter(
        ~((pl.col("unite_id") == "s07") & (pl.col("mesure_id") == SAID))
    )
    assert of_region(found(fewer))["concordance"] is None


def test_agreement_is_told_of_the_region_alone() -> None:
    values = [10, 40, 60, 90] * 5
    frame = found(made.values(*structures(values, values)))
    assert frame.filter(pl.col("niveau") != "region")["concordance"].null_count() == 20
    assert of_region(frame)["mot"] == "bonne"


def test_permuted_rows_and_renamed_structures() -> None:
    first, second = [10, 40, 60, 90] * 5, [40, 40, 60, 10] * 5
    shown = made.values(*structures(first, second))
    other = shown.with_columns(unite_id=pl.col("unite_id").str.replace("s", "structure ")).sample(
        fraction=1, shuffle=True, seed=2
    )
    back = found(other).with_columns(unite_id=pl.col("unite_id").str.replace("structure ", "s"))
    assert_frame_equal(back, found(shown))


def test_without_any_value() -> None:
    assert found(made.values()).is_empty()
