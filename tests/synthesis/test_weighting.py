"""quality.redressements: what persons say under the region's mix of channels."""

from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.synthesis.weighting import REDRESSEMENTS, weighted
from tests.synthesis import made
from tests.synthesis.made import REGION, YEAR, opinion

SAID = "PD10.percue@2025.1"
CHANNELS = {"presentiel": (32, 40, 0.6), "telephone": (24, 40, 0.3), "courriel": (10, 20, 0.1)}
"""Twice the example of methods 3, so that every stratum reaches eleven: 0.66 as answered, 0.71 weighted."""
MIX = pl.DataFrame(
    [(YEAR, name, part) for name, (_, _, part) in CHANNELS.items()], ["debut", "canal", "part"], orient="row"
)


def by_channel(times: int = 1, unit: dict[str, str] = REGION) -> pl.DataFrame:
    rows = [
        {"mesure_id": SAID, **unit, "debut": YEAR, "canal": name, "y": times * y, "n": times * n}
        for name, (y, n, _) in CHANNELS.items()
    ]
    return pl.DataFrame(rows)


def told(**others: Any) -> pl.DataFrame:
    """The published shares by channel, `others` saying what differs for the telephone."""
    rows = [{"mesure_id": SAID, "modalite": name, "valeur": round(100 * y / n)} for name, (y, n, _) in CHANNELS.items()]
    return made.broken_down(*(row | others if row["modalite"] == "telephone" else row for row in rows))


def counts(effective: float = 100) -> pl.DataFrame:
    return made.counts([{"mesure_id": SAID, **REGION, "y": 66, "n": 100, "n_effectif": effective}])


RAW = {"mesure_id": SAID, "agregation": "part_accueils", "valeur": 66}


def found(**others: Any) -> pl.DataFrame:
    given = {
        "values": made.values(RAW), "broken_down": told(), "counts": counts(), "measures": made.measures(opinion(SAID)),
        "by_channel": by_channel(), "mix": MIX,
    }  # fmt: skip
    frame = weighted(**(given | others))
    assert dict(frame.schema) == REDRESSEMENTS
    return frame


def test_the_example_of_the_page() -> None:
    assert found().rows() == [(SAID, "region", "bretagne", "annee", YEAR, 66, 71, 60, 80)]


def test_resemblance_within_structures_widens_the_range() -> None:
    row = found(counts=counts(effective=50)).row(0, named=True)
    assert (row["redressee"], row["basse"], row["haute"]) == (71, 56, 83)


def test_small_samples_are_told_to_five_points() -> None:
    strata = pl.DataFrame(
        {"mesure_id": SAID, **REGION, "debut": YEAR, "canal": ["presentiel", "telephone"], "y": [16, 14], "n": [20, 20]}
    )
    mix = pl.DataFrame({"debut": YEAR, "canal": ["presentiel", "telephone"], "part": [0.5, 0.5]})
    row = found(by_channel=strata, mix=mix).row(0, named=True)
    assert (row["redressee"], row["basse"], row["haute"]) == (75, 55, 90)


@pytest.mark.parametrize(
    "hidden",
    [
        {"etat": "masque", "valeur": None},
        {"valeur": None, "basse": 85, "haute": 100},
        {"valeur": None, "raison": "trop_de_non_reponses"},
        {"agregation": "moyenne_structures"},
        {"ventilation": "situation"},
    ],
    ids=["hidden", "told as a bound", "few answers", "another aggregation", "another breakdown"],
)
def test_a_channel_that_is_not_told_leaves_no_row(hidden: dict[str, Any]) -> None:
    assert found(broken_down=told(**hidden)).is_empty()


def test_a_channel_whose_range_alone_is_shown_is_told() -> None:
    assert found(broken_down=told(valeur=None, raison="fourchette_trop_large")).height == 1


def test_a_channel_without_answers_leaves_no_row() -> None:
    assert found(by_channel=by_channel().filter(pl.col("canal") != "courriel")).is_empty()


@pytest.mark.parametrize(
    "raw",
    [
        {"valeur": None, "haute": 100},
        {"etat": "masque", "valeur": None},
        {"agregation": "moyenne_structures"},
        {"pas": "trimestre"},
        {"niveau": "departement", "unite_id": "35"},
    ],
    ids=["told as a bound", "hidden", "mean of structures", "quarter", "département"],
)
def test_without_a_raw_figure_there_is_no_row(raw: dict[str, Any]) -> None:
    assert found(values=made.values(RAW | raw)).is_empty()


@pytest.mark.parametrize(
    "measure", [{"nature": "declaree"}, {"base_table": "accueils"}, {"genre": "indice"}, {"unite": "points"}], ids=str
)
def test_what_persons_say_alone(measure: dict[str, Any]) -> None:
    assert found(measures=made.measures(opinion(SAID) | measure)).is_empty()


def test_a_mix_of_another_year_says_nothing() -> None:
    assert found(mix=MIX.with_columns(debut=pl.lit(made.YEAR_BEFORE))).is_empty()


def test_too_wide_a_range_leaves_no_row() -> None:
    assert found(counts=counts(effective=15)).is_empty()


def test_every_answer_repeated_narrows_the_range_alone() -> None:
    """The mix is the region's, fixed for the year: it does not move."""
    once, again = found().row(0, named=True), found(by_channel=by_channel(7)).row(0, named=True)
    assert (again["redressee"], again["brute"]) == (once["redressee"], once["brute"])
    assert once["basse"] < again["basse"] < 71 < again["haute"] < once["haute"]


def test_permuted_rows() -> None:
    shuffled = {
        name: frame.sample(fraction=1, shuffle=True, seed=5)
        for name, frame in {"mix": MIX, "by_channel": by_channel()}.items()
    }
    assert_frame_equal(found(**shuffled), found())
