"""Each page alone, with a release and without."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.text.typography import plain

from .release_fixture import build_release, publish

PAGES = [
    ("summary", "page", "Synthèse"),
    ("field", "principles", "Principes de délivrance"),
    ("field", "organisation", "Organisation"),
    ("field", "effects", "Effets"),
    ("data_quality", "page", "Qualité des données"),
    ("attendance", "page", "Fréquentation"),
]
QUALITY_PAGES = [page for page in PAGES if page[0] != "attendance"]
SENTENCES = {
    "Synthèse": [
        "En 2025, quatre personnes sur cinq disent",
        "À décider ensemble",
        "Ce que cette édition ne peut pas dire",
    ],
    "Principes de délivrance": ["La demande de la personne est-elle bien comprise ?", "Moyenne des structures"],
    "Organisation": ["Personnes reçues le jour même, sans rendez-vous", "Canaux vraiment utilisés : 3 canaux en usage"],
    "Effets": ["« trois » ou « quatre »", "Gain de clarté entre avant et après : +"],
    "Qualité des données": ["84 %, à surveiller", "Au moins 97 % des lignes respectent cette règle."],
    "Fréquentation": ["Ils ne disent rien de la qualité de l'accueil", "accueils comptés"],
}


def run(module: str, function: str, **query: str) -> AppTest:
    script = f"from dashboard.pages import {module}\n{module}.{function}()"
    test = AppTest.from_string(script, default_timeout=20)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def text_of(test: AppTest) -> str:
    """Everything written on the page, without tags."""
    bodies = " ".join(element.proto.body for element in test.get("html"))
    return plain(re.sub(r"<[^>]+>", " ", bodies)).replace("&#x27;", "'").replace("&quot;", '"')


@pytest.fixture
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(home))


@pytest.mark.parametrize(("module", "function", "title"), PAGES)
@pytest.mark.usefixtures("served")
def test_a_page_says_what_it_must(module: str, function: str, title: str) -> None:
    test = run(module, function)
    text = text_of(test)
    assert not test.exception
    assert "Bretagne, année 2025, grille de travail 2025.1, version des données du 1er mars 2026" in text
    assert "Données synthétiques :" in text
    assert "Grille de travail, non adoptée." in text
    assert "Ces résultats ne servent ni à financer, ni à classer, ni à évaluer des personnes." in text
    assert "n'a pas pu s'afficher" not in text
    for sentence in SENTENCES[title]:
        assert sentence in text
    assert sum(element.proto.body.count("<h1") for element in test.get("html")) == 1


@pytest.mark.parametrize(("module", "function", "title"), PAGES)
@pytest.mark.usefixtures("served")
def test_a_page_follows_the_url(module: str, function: str, title: str) -> None:
    test = run(module, function, territoire="cio", periode="2025-T4")
    assert not test.exception
    assert "CIO, 4e trimestre 2025, grille de travail 2025.1" in text_of(test)


@pytest.mark.parametrize(("module", "function", "title"), QUALITY_PAGES)
@pytest.mark.usefixtures("served")
def test_no_quality_page_names_a_structure_or_counts_receptions(module: str, function: str, title: str) -> None:
    text = text_of(run(module, function, territoire="mission-locale"))
    assert "Mission locale du Pays secret" not in text
    assert not re.search(r"\d+ accueils", text)
    assert "amélioration" not in text.lower()


@pytest.mark.usefixtures("served")
def test_an_unknown_territory_is_refused_in_a_sentence() -> None:
    text = text_of(run("summary", "page", territoire="S-001", periode="2031"))
    assert "Le territoire « S-001 » n'est pas dans cette édition : voici Bretagne." in text
    assert "La période « 2031 » n'est pas dans cette édition : voici année 2025." in text


@pytest.mark.usefixtures("served")
def test_every_chart_is_described_and_has_its_table() -> None:
    test = run("field", "effects")
    charts = test.get("plotly_chart")
    tables = "".join(element.proto.body for element in test.get("html")).count("<table>")
    assert len(charts) == tables == 5


@pytest.mark.parametrize(
    ("function", "criterion", "said"),
    [
        ("principles", "posture", "Décliné par Cap emploi depuis le 1er janvier 2025"),
        ("principles", "posture", "point faible : « Nous reformulons avec elle », "),
        ("principles", "posture", "Cette mesure ne se compare qu'entre structures d'un même réseau."),
        ("principles", "posture", "Montré à l'équipe de chaque structure seulement."),
        ("principles", "anonymat", "% des structures."),
        ("principles", "anonymat", "fait constaté, sans fourchette"),
        ("principles", "comprehension", "PD02 noyau"),
        ("principles", "comprehension", "À partir du T1 2025 (grille 2025.1), la série continue."),
        ("organisation", "modalites", "définition changée : ne se compare pas"),
        ("organisation", "modalites", "La définition a changé avec la grille 2025.1 : rien à comparer en 2024."),
        ("organisation", "delais", "zéro ou moins est attendu"),
        ("organisation", "delais", "Pas encore mesuré : mesuré seulement par l'indicateur d'un réseau."),
        ("organisation", "reseau", "Professionnels formés en deux ans : 5"),
        ("effects", "decision", "Pas encore mesuré : aucun outil n'échange encore de code de liaison."),
    ],
)
@pytest.mark.usefixtures("served")
def test_a_criterion_says_all_that_the_grid_says(function: str, criterion: str, said: str) -> None:
    assert said in re.sub(r"\s+", " ", text_of(run("field", function, critere=criterion)))


@pytest.mark.usefixtures("served")
def test_a_field_draws_one_criterion_and_lists_the_others_as_links() -> None:
    body = "".join(element.proto.body for element in run("field", "organisation", critere="delais").get("html"))
    assert re.search(r'href="/organisation\?[^"]*critere=delais" aria-current="true"', body)
    assert re.search(r'href="/organisation\?[^"]*territoire=bretagne[^"]*critere=reseau"', body)
    assert body.count("aria-current") == 1
    assert "Canaux vraiment utilisés" not in body


@pytest.mark.usefixtures("served")
def test_an_unknown_criterion_falls_back_with_a_sentence() -> None:
    text = text_of(run("field", "organisation", critere="vitesse"))
    assert "Le critère « vitesse » n'est pas dans ce champ pour cette période : voici Accès et modalités." in text


@pytest.mark.usefixtures("served")
def test_a_quarter_leads_to_the_year_of_what_is_told_by_year() -> None:
    test = run("field", "principles", critere="anonymat", periode="2025-T4")
    assert "Ce chiffre se mesure par année." in text_of(test)
    body = "".join(element.proto.body for element in test.get("html"))
    assert 'href="?critere=anonymat&amp;periode=2025"' in body
    assert not test.get("plotly_chart")


@pytest.mark.usefixtures("served")
def test_the_charts_of_a_second_measure_are_drawn_once_asked_for() -> None:
    before = run("field", "principles", critere="comprehension")
    assert len(before.get("plotly_chart")) == 5
    before.session_state["plus-PD02.rendue@2025.1"] = True
    assert len(before.run().get("plotly_chart")) == 8


@pytest.mark.usefixtures("served")
def test_a_period_of_an_earlier_version_shows_that_version() -> None:
    text = text_of(run("field", "organisation", periode="2024"))
    assert "année 2024, grille 2023.1, retirée depuis" in text
    assert "Travail en réseau" not in text
    assert "Grille de travail, non adoptée." in text


@pytest.mark.usefixtures("served")
def test_a_value_of_the_networks_own_indicator_is_marked() -> None:
    text = text_of(run("field", "organisation", critere="delais", territoire="mission-locale"))
    assert "comprend l'indicateur d'un réseau, définition proche" in text


@pytest.mark.usefixtures("served")
def test_the_summary_says_how_many_indicators_wait_and_folds_why() -> None:
    test = run("summary", "page")
    assert "Un indicateur sur 14 n'est pas encore mesuré." in text_of(test)
    (folded,) = test.expander
    assert folded.label == "Voir quoi, et pourquoi"
    assert not folded.proto.expanded


def test_an_edition_of_an_older_tool_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    path = build_release(tmp_path)
    older = path.with_name("older.duckdb")
    shutil.copy(path, older)
    with duckdb.connect(str(older)) as connection:
        connection.execute("DROP TABLE reference.grilles")
    publish(tmp_path, older, "older", date(2026, 4, 1))
    assert "L'édition older vient d'une version plus ancienne de l'outil." in text_of(run("summary", "page"))


@pytest.mark.parametrize(("module", "function", "title"), PAGES)
def test_an_empty_installation_says_what_to_do(
    module: str, function: str, title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    test = run(module, function)
    assert not test.exception
    assert f"{title} " in text_of(test)
    assert "Aucune édition n'est publiée." in text_of(test)
    assert "Aucun fichier n'est encore arrivé" in text_of(test)


def test_a_new_release_is_noticed_without_clearing_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    path = build_release(tmp_path)
    assert "grille de travail 2025.1" in text_of(run("summary", "page"))
    newer = path.with_name("newer.duckdb")
    shutil.copy(path, newer)
    with duckdb.connect(str(newer)) as connection:
        connection.execute("UPDATE reference.grilles SET version = '2026.2' WHERE version = '2025.1'")
    publish(tmp_path, newer, "newer", date(2026, 4, 1))
    assert "grille de travail 2026.2, version des données du 1er avril 2026" in text_of(run("summary", "page"))


def test_an_unreadable_release_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    broken = tmp_path / "releases" / "broken.duckdb"
    broken.parent.mkdir()
    broken.write_bytes(b"x" * 5000)
    publish(tmp_path, broken, "broken", date(2026, 4, 1))
    test = run("summary", "page")
    assert not test.exception
    assert "Le fichier de l'édition broken est illisible." in text_of(test)


def test_a_failure_is_a_sentence_without_a_traceback() -> None:
    test = AppTest.from_string("from dashboard.components import notices\nnotices.unexpected_error()").run()
    assert "Cette page n'a pas pu s'afficher." in text_of(test)
