"""Several views of one thing on one line: which are drawn, which gap stands out, and that words and table say the same."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.charts.triangulation import SYMBOLS, draw
from dashboard.selection import Period, Unit
from dashboard.text.typography import plain
from dashboard.views.catalogue import Indicator
from dashboard.views.gaps import Gap
from dashboard.views.measures import Measure
from dashboard.views.triangulation import Triangulation, triangulation
from dashboard.views.values import Value, Values

from .test_committee import measure

REGION, YEAR = Unit("region", "bretagne", "Bretagne"), Period("annee", date(2025, 1, 1))
SAID, DECLARED, NOTED = (measure("PD02", view) for view in ("percue", "declaree", "rendue"))
OTHER = measure("PD02", "temps", nature="declaree")
FIGURES = {
    SAID: Value("ok", None, 81, 76, 86),
    DECLARED: Value("ok", None, 90, 80, 97),
    NOTED: Value("ok", None, 92, 90, 94),
}


def gap(first: Measure, second: Measure, *ends: int) -> Gap:
    return Gap(first.id, second.id, Value("ok", None, *ends), None, None)


def told(figures: dict[Measure, Value], *gaps: Gap) -> Triangulation | None:
    cells = {
        (each.id, "region", "bretagne", YEAR.debut, "", "moyenne_structures"): value for each, value in figures.items()
    }
    indicator = Indicator("PD02", "Demande bien comprise", measures=tuple(figures))
    return triangulation(indicator, Values(cells), {"PD02": gaps}, REGION, YEAR)


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ((gap(NOTED, SAID, 11, 7, 15), gap(DECLARED, SAID, 9, -1, 19)), "+11 points (entre +7 points et +15 points)"),
        (
            (gap(NOTED, SAID, 2, -3, 7), gap(DECLARED, SAID, 9, -1, 19)),
            "+2 points (entre −3 points et +7 points), que le",
        ),
        ((gap(DECLARED, SAID, -9, -19, -1),), "−9 points (entre −19 points et −1 point)"),
    ],
    ids=["what chance does not explain", "noted and perceived first", "signed"],
)
def test_the_gap_that_stands_out_is_written(gaps: tuple[Gap, ...], said: str) -> None:
    model = told(FIGURES, *gaps)
    assert model is not None
    assert f"Écart : {said}" in model.alt
    assert model.table.rows[-1][0] == "Écart"


def test_views_are_drawn_in_a_fixed_order_with_a_shape_each() -> None:
    model = told(FIGURES, gap(NOTED, SAID, 11, 7, 15), gap(DECLARED, SAID, 9, 1, 19))
    assert model is not None
    assert [row[0] for row in model.table.rows] == [
        "Noté par les équipes", "Déclaré par les professionnels", "Dit par les personnes", "Écart",
    ]  # fmt: skip
    figure = draw(model)
    marks = [trace.marker.symbol for trace in figure.data if trace.mode == "markers"]
    assert marks == list(SYMBOLS.values())
    words = plain(" ".join(each.text.replace("<br>", " ") for each in figure.layout.annotations))
    for view in model.views:
        assert f"{view.name} : {view.figure}" in words


def test_two_measures_of_one_nature_have_their_own_names() -> None:
    figures = {SAID: FIGURES[SAID], DECLARED: FIGURES[DECLARED], OTHER: Value("ok", None, 60, 50, 70)}
    model = told(figures, gap(DECLARED, SAID, 9, 1, 19), gap(OTHER, SAID, -21, -30, -10))
    assert model is not None
    assert [view.name.count("«") for view in model.views] == [1, 1, 0]
    assert model.bracket is not None
    assert model.bracket.words.startswith("−21")


@pytest.mark.parametrize(
    "figures",
    [
        {SAID: FIGURES[SAID]},
        {SAID: FIGURES[SAID], NOTED: Value("masque")},
        {DECLARED: FIGURES[DECLARED], OTHER: FIGURES[SAID]},
    ],
    ids=["one view", "the other is hidden", "one nature"],
)
def test_one_view_is_not_drawn(figures: dict[Measure, Value]) -> None:
    assert told(figures) is None


def test_views_without_a_gap_are_drawn_without_a_bracket() -> None:
    model = told({SAID: FIGURES[SAID], NOTED: Value("ok", None, None, 95, 100)})
    assert model is not None
    assert model.bracket is None
    assert "noté par les équipes : plus de 95 %" in model.alt
    assert draw(model).layout.shapes
