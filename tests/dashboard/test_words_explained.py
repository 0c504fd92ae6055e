"""A word that a page uses is explained on that page, and each page opens with its answer."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from dashboard.charts.attendance import draw_channels, draw_quarters
from dashboard.views import data_quality, field_opening
from dashboard.views.attendance import Count, Counts
from dashboard.views.criteria import Standing
from dashboard.views.data_quality import Check
from dashboard.views.tables import Table
from dashboard.views.unsaid import Silence, opening
from pipelines.measurement.data_quality import IN_TIME, LATE, SOLID, WATCHED

TITLES = {"a": "Écoute", "b": "Délais", "c": "Relais"}


@pytest.mark.parametrize(
    ("states", "latest", "said"),
    [
        ({}, True, "Ce champ se lit par trois critères : voici le chiffre de chacun."),
        (
            {"a": "a_regarder", "b": "stable", "c": "trop_tot"},
            True,
            "Trois critères : un est à regarder ensemble (« Écoute ») ; un est stable ; "
            "pour un, il est trop tôt pour conclure.",
        ),
        (
            {"a": "stable", "b": "stable", "c": "en_progres"},
            True,
            "Trois critères : un est en progrès ; deux sont stables.",
        ),
        (
            {"a": "a_regarder", "c": "a_regarder"},
            False,
            "Trois critères : aujourd'hui, deux sont à regarder ensemble (« Écoute » et « Relais »).",
        ),
    ],
)
def test_a_field_opens_with_how_its_criteria_stand(states: dict[str, str], latest: bool, said: str) -> None:
    standings = {code: Standing("", state=state) for code, state in states.items()}
    assert field_opening.opening(TITLES, standings, latest=latest) == said


def test_a_field_of_one_criterion_speaks_in_the_singular() -> None:
    assert field_opening.opening({"a": "Écoute"}, {}, latest=True).startswith("Ce champ se lit par un seul critère")


def test_the_words_of_data_quality_are_said_with_the_bounds_that_make_them() -> None:
    assert [f"{rate} %" in data_quality.WORDS for rate in (SOLID, WATCHED)] == [True, True]
    assert [f"{days} jours" in data_quality.WORDS for days in (IN_TIME, LATE)] == [True, True]


@pytest.mark.parametrize(
    ("networks", "said"), [(["Apec"], "d'un réseau : Apec."), (["CIO", "Apec"], "de deux réseaux : Apec et CIO.")]
)
def test_the_networks_with_rows_to_correct_are_counted_then_named(networks: list[str], said: str) -> None:
    found = [Check(name, "Accueils", "", "", "") for name in networks]
    assert said in data_quality.opening(Table("", (), ()), found)


def test_what_an_edition_cannot_say_is_announced_even_when_all_is_measured() -> None:
    assert opening([], [Silence("Non diffusé", ("CIO",))]).endswith(
        "mais tous leurs chiffres ne peuvent pas être montrés."
    )
    assert opening([]).endswith("ont tous une mesure.")


@pytest.mark.parametrize("draw", [draw_channels, draw_quarters])
def test_counts_that_are_all_hidden_have_no_scale(draw) -> None:
    hidden: go.Figure = draw(Counts("", "Canal", (Count("Tchat", None), Count("Courriel", None))))
    shown: go.Figure = draw(Counts("", "Canal", (Count("Tchat", 12), Count("Courriel", None))))
    scale = "xaxis" if draw is draw_channels else "yaxis"
    assert [hidden.layout[scale].showticklabels, shown.layout[scale].showticklabels] == [False, None]
