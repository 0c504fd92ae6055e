"""A distribution of opinions never leaves one part as 100 minus the others (methods 7.6)."""

from datetime import date

import polars as pl
import pytest

from grids.load import load_grid
from grids.model import Grid
from grids.thresholds import load_thresholds
from pipelines.measurement.figures import figures

GRID, THRESHOLDS = load_grid("2023.1"), load_thresholds()
KEYS = ("base_id", "niveau", "unite_id", "pas", "etat")
NO_ONE_HIDDEN = pl.DataFrame(schema={**dict.fromkeys(KEYS, pl.String), "debut": pl.Date})

CASES = [
    # measure, answers by category in order → categories without a point
    ("EF05", (40, 20, 1, 25, 14), {"arrete", "ne_sait_pas"}),
    ("EF05", (40, 20, 1, 37, 2), {"arrete", "ne_sait_pas"}),
    ("EF05", (40, 20, 9, 20, 11), set()),
    ("EF03", (1, 10, 9, 40, 40), {"0", "2"}),
    ("EF03", (10, 10, 9, 69, 2), {"3", "4"}),
]


def shown(indicator: str, counts: tuple[int, ...], grid: Grid = GRID) -> dict[str, int | None]:
    """The points of one structure's distribution, by category."""
    measure = grid.indicators[indicator].measures["percue"]
    answers = dict(zip(measure.categories, counts, strict=True))
    if measure.favorable:
        answers["favorable"] = sum(answers[code] for code in measure.favorable)
    size = sum(counts)
    rows = [
        {"mesure_id": f"{indicator}.percue@2023.1", "niveau": "structure", "unite_id": "s", "pas": "annee"}
        | {"debut": date(2025, 1, 1), "categorie": category, "y": count, "n": size, "applicables": size}
        | {"n_effectif": float(size), "structures": 1, "structures_attendues": 1, "moyenne": None, "ecart_type": None}
        for category, count in answers.items()
    ]
    frame = figures(pl.DataFrame(rows, infer_schema_length=None), NO_ONE_HIDDEN, grid, THRESHOLDS)
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
