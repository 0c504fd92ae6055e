"""Lines: which cells they join, under which version and aggregation, and where a new reference parts them."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.trends.lines import Lines, series
from tests.trends.made import DAYS, MONTHS, PERIODS, SHARE, categories, cells, events, measures, values

ORDINARY = [60, 62, 59, 63, 58, 61, 57, 64, 60, 62, 59, 61, 60, 63, 58, 62, 61, 60, 64, 59]
OLD, NEW = "PD02.rendue@2023.1", "PD02.rendue@2025.1"
VERSIONS = measures({"mesure_id": OLD}, {"mesure_id": NEW, "suite_de": OLD})


def lines(
    *rows: list[dict[str, Any]],
    of: pl.DataFrame | None = None,
    sides: pl.DataFrame | None = None,
    told: pl.DataFrame | None = None,
) -> Lines:
    of = measures({"mesure_id": SHARE}) if of is None else of
    sides = categories() if sides is None else sides
    return series(values(*rows), of, sides, PERIODS, events() if told is None else told)


def test_one_point_is_no_line() -> None:
    found = lines(cells([60, None]))
    assert found.series.is_empty()
    assert found.points.is_empty()


def test_a_line_is_named_by_what_it_is_of() -> None:
    (line,) = lines(cells([60, 61])).series.to_dicts()
    assert line == {
        "serie_id": "OR05.rendue@2025.1|structure|IJ-0003|mois",
        "mesure_id": "OR05.rendue@2025.1", "niveau": "structure", "unite_id": "IJ-0003", "pas": "mois",
        "categorie": "", "agregation": "structure", "carte": "ligne", "variation": "trop_tot", "signal": None,
        "assurance": None, "provisoire": True,
    }  # fmt: skip


def test_a_bare_line_has_neither_centre_nor_limits_and_a_median_has_no_limits() -> None:
    bare, median = (lines(cells(ORDINARY[:length])).points for length in (9, 11))
    assert bare.select("centre", "limite_basse", "limite_haute").null_count().row(0) == (9, 9, 9)
    assert median["centre"].unique().to_list() == [60.0]
    assert median["limite_haute"].null_count() == 11


def test_limits_stop_at_the_ends_of_the_scale_and_have_one_decimal() -> None:
    share = lines(cells([90, 99, 85, 98, 88, 97, 80, 96, 99, 84, 97, 90, 99])).points
    assert share["limite_haute"].unique().to_list() == [100.0]
    assert share["centre"][0] == 92.5  # 1202 / 13
    days = measures({"mesure_id": DAYS, "genre": "quantiles", "unite": "jours ouvrés", "sens": "moins"})
    waits = lines(cells([1, 9, 2, 8, 1, 9, 2, 8, 1, 9, 2, 8, 5], mesure_id=DAYS, categorie="p50"), of=days).points
    assert waits["limite_basse"].unique().to_list() == [0.0]
    gaps = measures({"mesure_id": DAYS, "genre": "ecart", "unite": "jours ouvrés", "sens": "moins"})
    below = lines(cells([1, 9, 2, 8, 1, 9, 2, 8, 1, 9, 2, 8, 5], mesure_id=DAYS), of=gaps).points
    assert below["limite_basse"][0] < 0


def test_a_line_goes_on_where_the_grid_says_so() -> None:
    old, new = cells(ORDINARY, mesure_id=OLD)[:12], cells(ORDINARY, mesure_id=NEW)[12:]
    found = lines(old, new, of=VERSIONS)
    assert found.series["mesure_id"].to_list() == [NEW]
    assert found.points["mesure_id"].to_list() == [OLD] * 12 + [NEW] * 8
    broken = lines(old, new, of=VERSIONS.with_columns(suite_de=pl.lit(None, pl.String)))
    assert sorted(broken.series["mesure_id"]) == [OLD, NEW]


def test_a_line_bears_the_last_version_that_has_a_point() -> None:
    assert lines(cells(ORDINARY, mesure_id=OLD), of=VERSIONS).series["mesure_id"].to_list() == [OLD]


def test_two_measures_may_continue_the_same_one() -> None:
    other = "PD02.autre@2025.1"
    three = measures({"mesure_id": OLD}, {"mesure_id": NEW, "suite_de": OLD}, {"mesure_id": other, "suite_de": OLD})
    old = cells(ORDINARY, mesure_id=OLD)[:12]
    both = lines(old, cells(ORDINARY, mesure_id=NEW)[12:], cells(ORDINARY, mesure_id=other)[12:], of=three)
    assert both.series["mesure_id"].to_list() == [other, NEW]
    assert both.points.height == 40


def test_where_two_versions_tell_a_period_the_last_one_holds() -> None:
    found = lines(cells([50] * 6, mesure_id=OLD), cells([60] * 3, mesure_id=NEW), of=VERSIONS)
    assert found.points["valeur"].to_list() == [60] * 3 + [50] * 3


def test_a_file_whose_versions_turn_in_a_circle_still_ends() -> None:
    circle = measures({"mesure_id": OLD, "suite_de": NEW}, {"mesure_id": NEW, "suite_de": OLD})
    assert lines(cells([60, 61], mesure_id=OLD), of=circle).points.height == 2


def test_the_headline_of_each_kind() -> None:
    every = measures(
        {"mesure_id": "A.a@1", "genre": "repartition"},
        {"mesure_id": "B.b@1", "genre": "repartition"},
        {"mesure_id": "C.c@1", "genre": "quantiles", "unite": "jours ouvrés"},
        {"mesure_id": "D.d@1", "genre": "indice"},
    )
    rows = [
        cells([60, 61], mesure_id=f"{each}.{each.lower()}@1", categorie=category)
        for each in "ABCD"
        for category in ("", "favorable", "p50", "p90", "oui")
    ]
    found = lines(*rows, of=every, sides=categories(("A.a@1", "oui", True), ("B.b@1", "oui", False)))
    assert found.series.select("mesure_id", "categorie").rows() == [
        ("A.a@1", "favorable"),
        ("C.c@1", "p50"),
        ("D.d@1", ""),
    ]


def test_one_aggregation_holds_for_a_whole_line() -> None:
    place = {"niveau": "reseau", "unite_id": "cio"}
    means = cells([None, None, 70, 71], agregation="moyenne_structures", **place)
    shares = cells([60, 61, 62, 63], agregation="part_accueils", **place)
    both = lines(means, shares)
    assert both.series["agregation"].to_list() == ["moyenne_structures"]
    assert both.points["valeur"].to_list() == [70, 71]
    alone = lines(cells([None] * 4, agregation="moyenne_structures", **place), shares)
    assert alone.series["agregation"].to_list() == ["part_accueils"]


def test_a_mean_told_by_its_range_alone_still_holds_the_line() -> None:
    place = {"niveau": "reseau", "unite_id": "cio"}
    ranges = cells([1] * 4, agregation="moyenne_structures", **place, valeur=None, basse=10, haute=80)
    assert lines(ranges, cells([60] * 4, agregation="part_accueils", **place)).series.is_empty()


@pytest.mark.parametrize(
    ("genre", "aggregation", "chart"),
    [
        ("part", "structure", "p_prime"),
        ("repartition", "part_accueils", "p_prime"),
        ("part", "moyenne_structures", "xmr"),
        ("indice", "structure", "xmr"),
        ("rapport_de_sommes", "part_accueils", "xmr"),
    ],
)
def test_only_shares_of_receptions_have_a_p_prime_chart(genre: str, aggregation: str, chart: str) -> None:
    level = "structure" if aggregation == "structure" else "region"
    category = "favorable" if genre == "repartition" else ""
    rows = cells(ORDINARY, ["20-49", "50-99"], niveau=level, agregation=aggregation, categorie=category)
    found = lines(rows, of=measures({"mesure_id": SHARE, "genre": genre}), sides=categories((SHARE, "oui", True)))
    assert found.series["carte"].to_list() == [chart]


def test_a_fact_has_no_band_and_so_no_p_prime_chart() -> None:
    assert lines(cells(ORDINARY, assise=None)).series["carte"].to_list() == ["xmr"]


def test_limits_of_a_larger_band_are_narrower() -> None:
    points = lines(cells(ORDINARY, ["20-49", "100+"])).points
    width = points["limite_haute"] - points["limite_basse"]
    assert width[0] > width[1]
    assert width[:2].to_list() * 10 == width.to_list()


SHIFTED = [50, 52, 49, 53, 48, 51, 50, 52, 51, 49, 52, 50, 70, 72, 69, 73, 68, 71, 70, 72, 71, 69, 72, 70, 71, 69]


def test_a_new_reference_starts_its_own_limits() -> None:
    found = lines(cells(SHIFTED), told=events({"mois": MONTHS[12]}))
    assert found.points["phase"].to_list() == [0] * 12 + [1] * 14
    assert found.points["centre"].to_list() == [50.6] * 12 + [70.5] * 14
    assert found.series.select("variation", "provisoire").row(0) == ("habituelle", False)
    assert set(found.points["etiquette"]) == {""}
    assert lines(cells(SHIFTED)).series["signal"].to_list() == ["hors_limites"]


def test_a_new_reference_waits_for_eight_points_and_is_provisional_until_thirteen() -> None:
    waiting, held = (lines(cells(SHIFTED[:length]), told=events({"mois": MONTHS[12]})) for length in (19, 20))
    assert set(waiting.points["phase"]) == {0}
    assert held.points["phase"].to_list() == [0] * 12 + [1] * 8
    assert held.series["provisoire"].to_list() == [True]


def test_a_short_first_phase_has_a_centre_and_no_limits() -> None:
    points = lines(cells(SHIFTED[8:]), told=events({"mois": MONTHS[4]})).points
    assert points["limite_haute"].is_null().to_list() == [True] * 4 + [False] * 14
    assert points["centre"].null_count() == 0


@pytest.mark.parametrize(
    "event",
    [
        {"mois": MONTHS[12], "nature": "nouvel_outil"},
        {"mois": MONTHS[12], "unite_id": "IJ-0004"},
        {"mois": MONTHS[12], "niveau": "reseau"},
        {"mois": MONTHS[12], "mesure": "OR02.rendue"},
    ],
)
def test_other_events_change_nothing(event: dict[str, Any]) -> None:
    assert_frame_equal(lines(cells(SHIFTED), told=events(event)).points, lines(cells(SHIFTED)).points)


def test_a_new_reference_of_one_measure_holds_over_its_versions() -> None:
    told = events({"mois": MONTHS[12], "mesure": "PD02.rendue"})
    rows = cells(SHIFTED, mesure_id=OLD)[:16], cells(SHIFTED, mesure_id=NEW)[16:]
    assert set(lines(*rows, of=VERSIONS, told=told).points["phase"]) == {0, 1}


def test_each_step_has_its_own_line_and_its_own_gaps() -> None:
    quarters = [each | {"pas": "trimestre"} for each in cells(ORDINARY + ORDINARY[:16]) if each["debut"].month % 3 == 1]
    found = lines(cells(ORDINARY), quarters)
    assert found.series.select("pas", "carte").rows() == [("mois", "xmr"), ("trimestre", "mediane")]
    # Quarters are neighbours, though two months lie between them.
    assert found.points.filter(pl.col("serie_id").str.ends_with("trimestre")).height == 12


def _many() -> pl.DataFrame:
    draw = random.Random(5)
    rows = [
        cells([draw.choice([None, *range(40, 90)]) for _ in range(30)], ["11-19", "20-49"], unite_id=f"IJ-{unit:04}")
        for unit in range(12)
    ]
    return values(*rows)


def _drawn(frame: pl.DataFrame) -> Lines:
    return series(frame, measures({"mesure_id": SHARE}), categories(), PERIODS, events({"mois": MONTHS[10]}))


def test_rows_in_any_order_give_the_same_lines() -> None:
    for found, expected in zip(_drawn(_many().sample(fraction=1, shuffle=True, seed=1)), _drawn(_many()), strict=True):
        assert_frame_equal(found, expected)


def test_structures_under_other_names_give_the_same_lines() -> None:
    named, other = _drawn(_many()), _drawn(_many().with_columns(pl.col("unite_id").str.replace("IJ-", "ML-")))
    events_apart = ~pl.col("serie_id").str.contains("-0003")
    for found, expected in zip(other, named, strict=True):
        renamed = found.with_columns(pl.col("^serie_id|unite_id$").str.replace("ML-", "IJ-"))
        assert_frame_equal(renamed.filter(events_apart), expected.filter(events_apart))


def test_hidden_cells_at_the_end_change_nothing_nor_what_they_would_hide() -> None:
    last = pl.col("debut") >= MONTHS[25]
    hidden = _many().with_columns(
        etat=pl.when(last).then(pl.lit("masque")).otherwise("etat"),
        valeur=pl.when(~last).then("valeur"),
        assise=pl.when(~last).then("assise"),
    )
    for found, expected in zip(_drawn(hidden), _drawn(_many().filter(~last)), strict=True):
        assert_frame_equal(found, expected)


def test_lines_read_no_more_than_values_and_bands() -> None:
    wider = _many().with_columns(basse=pl.lit(1, pl.Int32), haute=pl.lit(99, pl.Int32))
    assert_frame_equal(_drawn(wider).points, _drawn(_many()).points)
