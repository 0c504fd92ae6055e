"""quality.criteres: the lead, the weakest point and the status of a criterion."""

from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.synthesis.criteria import CRITERES, criteria
from tests.statistics.tables import spec_table
from tests.synthesis import made

FIRST, SECOND, THIRD = IDS = tuple(f"PD{rank}.rendue@2025.1" for rank in (1, 2, 3))
MEASURES = made.measures(*({"mesure_id": each} for each in IDS))
NO_LINE = made.series()


def found(values: pl.DataFrame, measures: pl.DataFrame = MEASURES, series: pl.DataFrame = NO_LINE) -> pl.DataFrame:
    frame = criteria(values, measures, series)
    assert dict(frame.schema) == CRITERES
    return frame


def shown(**figures: int | None) -> pl.DataFrame:
    names = dict(zip(("first", "second", "third"), IDS, strict=True))
    return made.values(*({"mesure_id": names[name], "valeur": value} for name, value in figures.items()))


def status(*lines: dict[str, Any], measures: pl.DataFrame = MEASURES) -> str:
    return str(found(shown(first=50), measures, made.series(*lines))["statut"].item())


@pytest.mark.parametrize("row", spec_table("critere", "statut"), ids=lambda row: row["Variations des mesures"])
def test_the_statuses_of_the_page(row: dict[str, str]) -> None:
    told = row["Variations des mesures"]
    variations = [] if told == "aucune" else told.split(", ")
    lines = [{"mesure_id": each, "variation": variation} for each, variation in zip(IDS, variations, strict=False)]
    if lines:
        lines[0]["assurance"] = row["Niveau choisi"] or None
    assert status(*lines) == row["Statut"]


@pytest.mark.parametrize("row", spec_table("critere", "point-faible"), ids=str)
def test_the_weakest_points_of_the_page(row: dict[str, str]) -> None:
    cells = [row[f"Mesure {rank}"] for rank in (1, 2, 3)]
    figures = [(None, "plus") if cell == "non diffusée" else (int(cell.split()[0]), cell.split()[1]) for cell in cells]
    measures = made.measures(*({"mesure_id": each, "sens": sens} for each, (_, sens) in zip(IDS, figures, strict=True)))
    values = made.values(
        *(
            {"mesure_id": each, "valeur": value, "etat": "masque" if value is None else "ok"}
            for each, (value, _) in zip(IDS, figures, strict=True)
        )
    )
    expected = None if row["Point faible"] == "aucun" else IDS[int(row["Point faible"]) - 1]
    assert found(values, measures)["point_faible"].item() == expected


def test_the_first_of_the_grid_that_has_a_point_leads() -> None:
    assert found(shown(first=50, second=20))["mesure_id"].item() == FIRST
    assert found(shown(second=20, third=10))["mesure_id"].item() == SECOND
    backwards = MEASURES.with_columns(ordre=-pl.col("ordre"))
    assert found(shown(first=50, second=20), backwards)["mesure_id"].item() == SECOND


def test_without_a_point_there_is_no_row() -> None:
    assert found(made.values({"mesure_id": FIRST, "etat": "masque"})).is_empty()
    assert found(made.values({"mesure_id": FIRST, "haute": 15})).is_empty()


@pytest.mark.parametrize(
    ("kind", "category", "rows"),
    [
        ("part", "", 1),
        ("repartition", "favorable", 1),
        ("repartition", "3", 0),
        ("quantiles", "p50", 1),
        ("quantiles", "p90", 0),
    ],
)
def test_the_headline_stands_for_a_measure(kind: str, category: str, rows: int) -> None:
    values = made.values({"mesure_id": FIRST, "valeur": 9, "categorie": category})
    assert found(values, made.measures({"mesure_id": FIRST, "genre": kind})).height == rows


def test_days_lead_and_are_never_the_weakest_share() -> None:
    delay = {"mesure_id": FIRST, "genre": "quantiles", "unite": "jours ouvrés", "sens": "moins"}
    values = made.values(
        {"mesure_id": FIRST, "valeur": 99, "categorie": "p50"},
        *({"mesure_id": each, "valeur": 60} for each in (SECOND, THIRD)),
    )
    row = found(values, made.measures(delay, {"mesure_id": SECOND}, {"mesure_id": THIRD})).row(0, named=True)
    assert (row["mesure_id"], row["point_faible"]) == (FIRST, SECOND)


def test_only_the_newest_version_that_has_a_figure() -> None:
    old = "PD1.rendue@2023.1"
    measures = made.measures({"mesure_id": old}, *({"mesure_id": each} for each in IDS))
    values = [{"mesure_id": old, "valeur": 1}, {"mesure_id": SECOND, "valeur": 50}]
    assert found(made.values(*values), measures).select("mesure_id", "point_faible").row(0) == (SECOND, None)
    assert found(made.values(values[0]), measures)["mesure_id"].item() == old


def test_a_line_speaks_for_the_versions_that_it_joins() -> None:
    old = "PD1.rendue@2023.1"
    measures = made.measures({"mesure_id": old}, {"mesure_id": FIRST, "suite_de": old})
    line = {"mesure_id": FIRST, "variation": "amelioration"}
    rows = found(made.values({"mesure_id": old, "valeur": 50, "debut": made.YEAR_BEFORE}), measures, made.series(line))
    assert rows["statut"].item() == "en_progres"


def test_the_finest_line_that_can_tell_something() -> None:
    month, year = ({"mesure_id": FIRST, "pas": step} for step in ("mois", "annee"))
    worse, better, early = ({"variation": each} for each in ("deterioration", "amelioration", "trop_tot"))
    assert status(year | better, month | worse) == "a_regarder"
    assert status(year | worse, month | better) == "en_progres"
    assert status(year | better, month | early) == "en_progres"


def test_lines_of_another_unit_or_criterion_say_nothing() -> None:
    other = {"mesure_id": FIRST, "variation": "deterioration"}
    assert status(other | {"niveau": "reseau", "unite_id": "ml"}) == "trop_tot"
    measures = made.measures({"mesure_id": FIRST}, {"mesure_id": SECOND, "critere": "delais"})
    assert status({"mesure_id": SECOND, "variation": "deterioration"}, measures=measures) == "trop_tot"


def test_a_share_of_records_where_there_is_no_mean() -> None:
    both = [
        {"mesure_id": FIRST, "valeur": 90, "agregation": "moyenne_structures"},
        {"mesure_id": FIRST, "valeur": 10, "agregation": "part_accueils"},
        {"mesure_id": SECOND, "valeur": 50, "agregation": "part_accueils"},
    ]
    for rows in (both, both[::-1]):
        assert found(made.values(*rows))["point_faible"].item() == SECOND


def test_permuted_rows() -> None:
    values = shown(first=50, second=50, third=50)
    lines = made.series(*({"mesure_id": each, "variation": "habituelle"} for each in IDS))
    shuffled = [frame.sample(fraction=1, shuffle=True, seed=4) for frame in (values, MEASURES, lines)]
    assert_frame_equal(found(*shuffled), found(values, MEASURES, lines))
