"""Territoires: what the page says, whom it tells, and what it never does: rank, colour a fact, name a structure."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Reader, scope_of
from dashboard.queries import territories as queries

from .release_fixture import publish
from .territories_fixture import SAID, YEAR, build_territories
from .test_dashboard_pages import run, text_of

COMMITTEE, NOBODY = scope_of(Reader("comite")), scope_of(Reader("inconnu"))
MEASURE = {"mesure": "PD02.percue"}
UNSAID = ("classement des", "meilleur", "performance", "conformité", "en retard", "dernier", "entonnoir", "S-001")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("territoires")
    build_territories(folder)
    return folder


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(home / "releases" / "territoires.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(home))


@cache
def shown(**query: str) -> AppTest:
    """The page of a query, run once for the whole module."""
    test = run("territories", "page", **query)
    assert not test.exception
    return test


def said(**query: str) -> str:
    return " ".join(text_of(shown(**query)).split())


def test_zones_and_supply_are_for_those_who_see_the_region(opened: duckdb.DuckDBPyConnection) -> None:
    seen = queries.zones(opened, COMMITTEE, debut=YEAR)
    assert seen.height == 3
    assert set(seen["mesure_id"]) == {SAID}
    assert queries.zones(opened, COMMITTEE, debut=YEAR.replace(year=2024)).is_empty()
    assert queries.zones(opened, NOBODY, debut=YEAR).is_empty()
    assert queries.supply(opened, COMMITTEE).height == 8
    assert queries.supply(opened, NOBODY).is_empty()


def test_facts_of_supply_come_in_their_order(opened: duckdb.DuckDBPyConnection) -> None:
    facts = queries.supply(opened, COMMITTEE)["fait"].unique(maintain_order=True).to_list()
    assert facts == ["canaux_proposes.visioconference", "soir_ou_samedi"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "Où l'on est reçu, la qualité est-elle la même ? En 2025, "),
        ({}, "Ces chiffres ne parlent que des personnes venues."),
        ({}, "Lire un département : Côtes-d'Armor · Finistère · Ille-et-Vilaine · Morbihan"),
        (MEASURE, "Deux fourchettes ne se touchent pas : Brest (84 %) et Rennes (71 %)."),
        (MEASURE, "Redon, partie bretonne"),
        (MEASURE, "non diffusé ou trop peu de structures"),
        (MEASURE, "L'accueil est-il le même pour tous ?"),
        ({"mesure": "PD02.rendue"}, "Aucune zone d'emploi n'a de chiffre pour cette mesure : rien ne s'y compare."),
        (
            {"mesure": "inconnue", "offre": "inconnu"},
            "La mesure « inconnue » n'a pas de chiffre par territoire pour cette période",
        ),
        (
            {},
            "« Reçoit en visioconférence » : 6 lieux sur 15 le disent, dans trois EPCI. Dans 58 EPCI, aucun lieu",
        ),
        (
            {"periode": "2025-T4", "offre": "soir_ou_samedi"},
            "« Ouvert un soir ou le samedi » : aucun lieu sur 15 le dit.",
        ),
        ({"mesure": "inconnue", "offre": "inconnu"}, "Le fait « inconnu » n'est pas décrit dans cette édition"),
        ({}, "Hors EPCI (Bréhat, Ouessant, Sein) aucun lieu sur 2"),
        ({"territoire": "29"}, "Ce détail se lit pour la région et pour chaque réseau seulement."),
        ({"territoire": "mission-locale"}, "le réseau Missions locales se lit plus bas, selon le public."),
        ({"periode": "2025-T4", "offre": "soir_ou_samedi"}, "La qualité par territoire se lit par année seulement."),
        ({"periode": "2025-T4", "offre": "soir_ou_samedi"}, "Voir année 2025"),
        ({"periode": "2023"}, "Aucune zone d'emploi n'a de chiffre pour cette mesure"),
        ({}, "Contours : IGN Admin Express 2018"),
    ],
)
@pytest.mark.usefixtures("served")
def test_the_page_says_what_it_must(query: dict[str, str], expected: str) -> None:
    assert expected in said(**query)


@pytest.mark.parametrize("query", [{}, MEASURE, {"territoire": "29"}, {"periode": "2023"}])
@pytest.mark.usefixtures("served")
def test_the_page_never_ranks_nor_names_a_structure(query: dict[str, str]) -> None:
    text = said(**query)
    assert [words for words in UNSAID if words in text] == []


@pytest.mark.usefixtures("served")
def test_every_map_has_a_description_that_says_the_finding() -> None:
    alts = [chart.proto.alt for chart in shown(**MEASURE).get("plotly_chart")]
    maps = [alt for alt in alts if alt.startswith("Carte de Bretagne")]
    assert len(maps) == 3
    assert "Deux fourchettes ne se touchent pas" in maps[1]
    assert "Reçoit en visioconférence" in maps[2]


@pytest.mark.usefixtures("served")
def test_the_maps_of_a_page_are_light() -> None:
    charts = shown(**MEASURE).get("plotly_chart")
    assert sum(len(chart.proto.spec) for chart in charts) < 400_000


def test_an_edition_that_tells_no_zone_nor_place_says_so(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = tmp_path / "releases" / "silent.duckdb"
    silent.parent.mkdir()
    shutil.copy(home / "releases" / "territoires.duckdb", silent)
    with duckdb.connect(str(silent)) as connection:
        connection.execute("DELETE FROM quality.territoires; DELETE FROM reference.offre")
    publish(tmp_path, silent, "silent", date(2026, 4, 1))
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    text = " ".join(text_of(run("territories", "page")).split())
    assert "Aucune zone d'emploi n'a de chiffre" in text
    assert "Cette édition ne décrit pas ce que les lieux proposent." in text
