"""A distribution of opinions never leaves one part as 100 minus the others (methods 7.6)."""

from datetime import date

import polars as pl
import pytest

from grids.load import load_grid
from grids.model import Grid
from grids.thresholds import load_thresholds
from pipelines.measurement.figures import figures
from tests.measurement.by_hand import NO_ONE_HIDDEN

GRID, THRESHOLDS = load_grid("2023.1"), load_thresholds()

CASES = [
    # measure, answers by category in order → categories without a point
    ("EF05", (40, 20, 1, 25, 14), {"arrete", "ne_sait_pas"}),
    ("EF05", (40, 20, 1, 37, 2), {"arrete", "ne_sait_pas"}),
    ("EF05", (40, 20, 9, 20, 11), set()),
    ("EF05", (40, 30, 1, 2, 27), {"arrete", "a_sa_reponse"}),
    ("EF05", (80, 50, 1, 2, 0), {"arrete", "a_sa_reponse", "ne_sait_pas"}),
    ("EF05", (10, 4, 3, 3, 0), {"continue", "ne_sait_pas"}),  # the first has too wide a range: two are unknown already
    ("EF03", (1, 10, 9, 40, 40), {"0", "2"}),
    ("EF03", (10, 10, 9, 69, 2), {"3", "4"}),
]


def shown(indicator: str, parts: tuple[int, ...], grid: Grid = GRID) -> dict[str, int | None]:
    """The points of one unit's distribution, by category."""
    measure = grid.indicators[indicator].measures["percue"]
    answers = dict(zip(measure.categories, parts, strict=True))
    if measure.favorable:
        answers["favorable"] = sum(answers[code] for code in measure.favorable)
    size = sum(parts)
    level = grid.levels_of(measure)[0]
    rows = [
        {"mesure_id": f"{indicator}.percue@2023.1", "base_id": f"{measure.base}@2023.1", "niveau": level}
        | {"unite_id": "s", "pas": "annee", "debut": date(2023, 1, 1), "groupe": "", "categorie": category}
        | {"y": count, "n": size, "applicables": size, "n_effectif": float(size), "provenance": "mesure"}
        | {
            "ventilation": "",
            "modalite": "",
            "moyenne_visible": True,
            "structures": 1,
            "structures_attendues": 1,
            "moyenne": None,
            "ecart_type": None,
            "repondue_moyenne": None,
        }
        for category, count in answers.items()
    ]
    counts = pl.DataFrame(
        rows, schema_overrides=dict.fromkeys(("moyenne", "ecart_type", "repondue_moyenne"), pl.Float64)
    )
    frame = figures(counts, NO_ONE_HIDDEN, [grid], THRESHOLDS).whole.filter(
        pl.col("mesure_id") == f"{indicator}.percue@2023.1", pl.col("agregation") != "moyenne_structures"
    )
    return dict(frame.select("categorie", "valeur").iter_rows())


@pytest.mark.parametrize(("indicator", "counts", "without"), CASES)
def test_a_part_told_as_a_bound_never_stands_alone(indicator: str, counts: tuple[int, ...], without: set[str]) -> None:
    points = shown(indicator, counts)
    assert {category for category, value in points.items() if value is None} == without


def test_across_sides_the_favourable_sum_goes_too() -> None:
    """A grid whose favourable side is one answer: the sum would give the two others back."""
    indicator = GRID.indicators["EF05"]
    measure = indicator.measures["percue"].model_copy(update={"favorable": ("a_sa_reponse",)})
    changed = indicator.model_copy(update={"measures": {"percue": measure}})
    grid = GRID.model_copy(update={"indicators": {**GRID.indicators, "EF05": changed}})
    points = shown("EF05", (40, 22, 21, 2, 15), grid)
    assert {category for category, value in points.items() if value is None} == {
        "a_sa_reponse",
        "ne_sait_pas",
        "favorable",
    }
