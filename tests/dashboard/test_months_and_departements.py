"""Months and départements on the pages: what is offered, what is told by longer periods only, what is said once."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.selection import Selection, Unit
from dashboard.views.catalogue import Criterion, Declined, Indicator
from dashboard.views.edition import read_periods, unit_in_words
from dashboard.views.hidden import all_hidden
from dashboard.views.values import Value

from .test_dashboard_pages import run, text_of
from .test_dashboard_views import (
    DEPARTMENT,
    MONTH,
    NETWORK,
    NOTED,
    NOW,
    QUARTER,
    REGION,
    SHARE,
    YEAR,
    field_of,
    measure,
    values,
)


@pytest.fixture(autouse=True)
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(home))


def body_of(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


def options_of(test: AppTest, label: str) -> list[str]:
    (found,) = (box for box in test.selectbox if box.label == label)
    return found.options


def test_territories_are_the_region_then_departements_then_networks() -> None:
    assert options_of(run("summary", "page"), "Territoire") == [
        "Bretagne",
        "Côtes-d'Armor (département)",
        "Finistère (département)",
        "Ille-et-Vilaine (département)",
        "Morbihan (département)",
        "Cap emploi",
        "CIO",
        "Info Jeunes",
        "Missions locales",
    ]


def test_periods_are_grouped_by_step_the_latest_first() -> None:
    test = run("summary", "page", periode="2025-03")
    assert options_of(test, "Pas de temps") == ["Par année", "Par trimestre", "Par mois"]
    assert options_of(test, "Période")[:2] == ["Décembre 2025", "Novembre 2025"]
    assert len(options_of(test, "Période")) == 24


def test_another_step_stays_within_the_period() -> None:
    test = run("summary", "page", periode="2024-T2")
    test.selectbox(key="choix-pas").select_index(2).run()
    assert test.query_params["periode"] == "2024-06"
    assert "juin 2024" in text_of(test)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (REGION, "en Bretagne"),
        (Unit("departement", "22", "Côtes-d'Armor"), "dans les Côtes-d'Armor"),
        (DEPARTMENT, "dans le Finistère"),
        (Unit("departement", "35", "Ille-et-Vilaine"), "en Ille-et-Vilaine"),
        (Unit("departement", "56", "Morbihan"), "dans le Morbihan"),
        (Unit("departement", "44", "Loire-Atlantique"), "dans le département Loire-Atlantique"),
        (NETWORK, "dans le réseau CIO"),
    ],
)
def test_a_place_has_its_preposition(unit: Unit, said: str) -> None:
    assert unit_in_words(unit) == said


@pytest.mark.parametrize(
    ("module", "function"), [("summary", "page"), ("field", "organisation"), ("specification", "page")]
)
def test_a_quarter_of_a_departement_leads_to_its_year(module: str, function: str) -> None:
    test = run(module, function, territoire="29", periode="2025-T4")
    assert not test.exception
    assert "Les chiffres d'un département se lisent par année seulement." in text_of(test)
    assert 'href="?territoire=29&amp;periode=2025"' in body_of(test)
    assert "point" not in body_of(test)


def test_a_departement_has_its_figures_by_year_and_stands_beside_the_others() -> None:
    test = run("field", "organisation", territoire="29", critere="delais")
    text = text_of(test)
    assert "Finistère, année 2025" in text
    assert "Valeur par territoire, année 2025" in text
    assert "Valeur par année, Finistère" in text
    assert '<tr><th scope="row">Morbihan</th>' in body_of(test)
    assert '<tr><th scope="row">Morbihan</th>' not in body_of(run("field", "organisation", periode="2025-T4"))


def test_attendance_is_never_told_by_departement() -> None:
    text = text_of(run("attendance", "page", territoire="29"))
    assert "jamais pour un département" in text
    assert "accueils comptés" not in text


def test_opinions_have_no_months_and_lead_to_longer_periods() -> None:
    test = run("field", "principles", critere="comprehension", periode="2025-03")
    assert "Ce chiffre se mesure par trimestre et par année seulement." in text_of(test)
    assert 'href="?critere=comprehension&amp;periode=2025-T1"' in body_of(test)
    assert 'href="?critere=comprehension&amp;periode=2025"' in body_of(test)


def test_a_month_has_its_history_by_month() -> None:
    text = text_of(run("field", "organisation", critere="delais", periode="2025-03"))
    assert "Valeur par mois, Bretagne" in text
    assert "5 jours ouvrés" in text or "6 jours ouvrés" in text


@pytest.mark.parametrize(("module", "function"), [("summary", "page"), ("field", "organisation")])
def test_a_period_where_nothing_is_shown_says_so_once(module: str, function: str) -> None:
    text = text_of(run(module, function, territoire="cio", periode="2025-03"))
    assert text.count("non diffusé") == 0
    assert text.count("aucun de ces chiffres n'est diffusé") == 1
    assert "Cela ne dit rien de bon ni de mauvais sur l'accueil." in text
    assert "Voir 1er trimestre 2025" in text
    assert "Voir année 2025" in text


MASKED = Value("masque")


@pytest.mark.parametrize(
    ("cells", "hidden"),
    [
        ((MASKED, MASKED), True),
        ((MASKED, NOW), False),
        ((MASKED, None), True),
        ((None, None), False),
        ((MASKED, Value("ok", "trop_de_non_reponses")), False),
    ],
)
def test_nothing_is_shown_when_some_are_hidden_and_none_is_told(cells: tuple[Value | None, ...], hidden: bool) -> None:
    pairs = [(each, cell) for each, cell in zip((SHARE, NOTED), cells, strict=True) if cell]
    found = values(*((each, NETWORK, YEAR, "", cell) for each, cell in pairs))
    assert all_hidden(field_of(SHARE, NOTED).criteria, found, Selection(NETWORK, YEAR)) is hidden


def test_what_is_never_told_here_is_not_hidden() -> None:
    by_year = measure(pas=("annee",))
    found = values((by_year, NETWORK, MONTH, "", MASKED))
    assert not all_hidden(field_of(by_year).criteria, found, Selection(NETWORK, MONTH))
    declined = Indicator("PD02", "?", measures=(SHARE,), declined=(Declined("cio", "CIO", "non.", YEAR.debut),))
    asked = Criterion("c", "C", "?", (declined,))
    assert not all_hidden([asked], values((SHARE, NETWORK, YEAR, "", MASKED)), Selection(NETWORK, YEAR))


def test_periods_come_by_step_whatever_their_order_in_the_edition() -> None:
    frame = pl.DataFrame([{"pas": each.pas, "debut": each.debut} for each in (MONTH, QUARTER, YEAR)])
    assert read_periods(frame) == [YEAR, QUARTER, MONTH]
