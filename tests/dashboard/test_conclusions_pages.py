"""What an edition concludes, on the pages: read within one's scope, and nothing breaks where an edition concludes nothing."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.access import Reader, scope_of
from dashboard.queries import analyses

from .release_fixture import build_release, publish
from .test_dashboard_pages import run, text_of

COMMITTEE, NOBODY = scope_of(Reader("comite")), scope_of(Reader("inconnu"))
YEAR = date(2025, 1, 1)
REGION = {"niveau": "region", "unite_id": "bretagne"}
SECRET = {"niveau": "structure", "unite_id": "S-001"}
OF_UNIT = [
    (analyses.lines, {"pas": "trimestre"}),
    (analyses.points, {"pas": "trimestre"}),
    (analyses.events, {}),
    (analyses.sentences, {"pas": "annee"}),
    (analyses.actions, {}),
    (analyses.effects, {}),
    (analyses.decompositions, {"pas": "annee", "debut": YEAR}),
    (analyses.reweighted, {"pas": "annee", "debut": YEAR}),
    (analyses.gaps, {"pas": "annee", "debut": YEAR}),
    (analyses.participation, {"pas": "annee", "debut": YEAR}),
    (analyses.criteria, {"pas": "annee", "debut": YEAR}),
]

CONCLUSIONS = ("series", "points", "evenements", "comparaisons", "entonnoirs", "decompositions")
CONCLUSIONS += ("redressements", "participation", "regards", "criteres", "actions", "effets", "phrases")


@pytest.fixture
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(home))


@pytest.mark.parametrize(("query", "more"), OF_UNIT)
def test_conclusions_on_a_unit_are_read_within_a_scope(query, more: dict, connection) -> None:
    assert not query(connection, COMMITTEE, **REGION, **more).is_empty()
    assert query(connection, COMMITTEE, **SECRET, **more).is_empty()
    assert query(connection, NOBODY, **REGION, **more).is_empty()


@pytest.mark.parametrize("query", [analyses.structures_apart, analyses.limits])
def test_the_cloud_is_for_those_who_see_the_region_and_names_nobody(query, connection) -> None:
    seen = query(connection, COMMITTEE, pas="annee", debut=YEAR)
    assert not seen.is_empty()
    assert "structure_id" not in seen.columns
    assert query(connection, NOBODY, pas="annee", debut=YEAR).is_empty()


def test_the_order_of_structures_tells_nothing_but_their_values(connection) -> None:
    seen = analyses.structures_apart(connection, COMMITTEE, pas="annee", debut=YEAR)
    assert seen.equals(seen.sort("mesure_id", "perimetre", "assise", "valeur", "a_examiner"))


def test_who_told_an_event_is_not_read(connection) -> None:
    assert analyses.events(connection, COMMITTEE, **REGION).columns == ["mesure", "mois", "nature", "raison"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "En 2025, quatre personnes sur cinq disent que leur demande a été bien comprise."),
        ({}, "Que mettons-nous derrière « bien comprise » ?"),
        ({}, "Variation par trimestre ≈ Variation habituelle"),
        ({}, "Seuil choisi par les réseaux : 80 %"),
        ({}, "Seuil tantôt atteint, tantôt non, au gré du hasard"),
        ({}, "Moins de trois personnes reçues sur dix ont répondu Peu représentatif"),
        ({}, "Part des réponses, à canaux constants 81 % (entre 77 et 86 %) Sans ce redressement : 79 %."),
        ({}, "A. Septembre 2025, nouvel outil : Deux réseaux changent d'outil."),
        ({}, "Une structure sur 21 s'écarte nettement des autres (une au-dessous)."),
        ({}, "De 2024 à 2025, sur 28 structures montrées les deux années"),
        ({}, "Reformuler avant d'orienter Amélioration significative Avant 60 %, après 80 % : +20 points"),
        ({}, "moins ce que les personnes disent : +11 points (entre +7 points et +15 points)"),
        ({}, "À regarder ensemble ; point faible"),
        ({"periode": "2025-11"}, "Variation par mois ↘ Évolution défavorable au-delà de la variation habituelle"),
        ({"periode": "2025-11"}, "A. Janvier 2025, nouveau repère : Nouvelle consigne de reformulation."),
        ({"territoire": "cio"}, "+2 points (entre −4 points et +8 points) ; le hasard peut l'expliquer."),
        ({"territoire": "cap-emploi"}, "Trop tôt pour conclure sur cette courbe : elle se lit point par point."),
        ({"territoire": "mission-locale", "critere": "posture"}, "Nuage des structures, Missions locales, année 2025"),
    ],
)
@pytest.mark.usefixtures("served")
def test_a_page_tells_what_the_edition_concludes(query: dict[str, str], said: str) -> None:
    text = " ".join(text_of(run("field", "principles", **({"critere": "comprehension"} | query))).split())
    assert said in text


@pytest.mark.usefixtures("served")
def test_another_period_keeps_the_sentence_of_its_own_figure() -> None:
    text = text_of(run("field", "principles", critere="comprehension", periode="2024"))
    assert "personnes sur quatre disent que leur demande a été bien comprise" in text
    assert "En 2025, quatre personnes" not in text


@pytest.mark.usefixtures("served")
def test_an_action_not_looked_at_yet_is_listed_beside_its_measure() -> None:
    text = text_of(run("field", "organisation", critere="delais"))
    assert "Créneaux courts le matin" in text
    assert "Pas encore regardée" in text


@pytest.mark.parametrize("function", ["principles", "organisation", "effects"])
@pytest.mark.usefixtures("served")
def test_no_structure_shows_through(function: str) -> None:
    for unit in ("bretagne", "mission-locale"):
        test = run("field", function, territoire=unit)
        body = "".join(str(element.proto) for element in (*test.get("html"), *test.get("plotly_chart")))
        assert "S-0" not in body
        assert "Essai dans une structure" not in body
        assert "Phrase d'une structure" not in body


def test_an_edition_that_concludes_nothing_keeps_todays_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build_release(tmp_path)
    silent = path.with_name("silent.duckdb")
    shutil.copy(path, silent)
    with duckdb.connect(str(silent)) as connection:
        for table in CONCLUSIONS:
            connection.execute(f"DELETE FROM quality.{table}")
    publish(tmp_path, silent, "silent", date(2026, 4, 1))
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    for function, charts in (("principles", 2), ("organisation", 2)):
        test = run("field", function)
        assert not test.exception
        assert len(test.get("plotly_chart")) >= charts
        assert "Actions d'amélioration" not in text_of(test)
        assert "Trop tôt pour conclure sur cette courbe" in text_of(test)
        assert "Nuage des structures" not in text_of(test)
    text = text_of(run("field", "principles"))
    assert "Environ quatre personnes sur cinq disent" in text
    assert "d'écart avec ce que disent les personnes" in text
    assert not run("summary", "page").exception
