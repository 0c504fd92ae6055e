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
    "Synthèse": ["en Bretagne, environ quatre personnes sur cinq", "Ce que cette édition ne peut pas dire"],
    "Principes de délivrance": ["La demande de la personne est-elle bien comprise ?", "Moyenne des structures"],
    "Organisation": ["Attente jusqu'au premier créneau proposé", "jours ouvrés ou moins une fois sur deux"],
    "Effets": ["le plus souvent « a continué »", "« trois » ou « quatre »"],
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
    assert "Bretagne, année 2025, grille de travail 2023.1, version des données du 1er mars 2026" in text
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
    assert "CIO, 4e trimestre 2025, grille de travail 2023.1" in text_of(test)


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


@pytest.mark.parametrize(("module", "function", "title"), PAGES)
def test_an_empty_installation_says_what_to_do(
    module: str, function: str, title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    test = run(module, function)
    assert not test.exception
    assert f"{title} " in text_of(test)
    assert "Lancez « spro build »." in text_of(test)


def test_a_new_release_is_noticed_without_clearing_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    path = build_release(tmp_path)
    assert "grille de travail 2023.1" in text_of(run("summary", "page"))
    newer = path.with_name("newer.duckdb")
    shutil.copy(path, newer)
    with duckdb.connect(str(newer)) as connection:
        connection.execute("UPDATE reference.edition SET valeur = '2026.2' WHERE cle = 'version'")
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
