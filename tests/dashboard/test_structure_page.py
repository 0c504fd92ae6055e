"""The sheet of a structure on its page: who may open it, and what it says to whom."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from .structure_fixture import ELSEWHERE, HIDDEN, MONTHLY, SILENT, STRUCTURES, YEARLY, add_structures
from .test_dashboard_pages import run, text_of

NAMES = {identifier: name for identifier, name, _, _ in STRUCTURES}
HEAD = "reseau:mission-locale"


@pytest.fixture(scope="module")
def structures_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied = tmp_path_factory.mktemp("structures") / "home"
    shutil.copytree(home, copied)
    add_structures(copied)
    return copied


@pytest.fixture(autouse=True)
def _served(structures_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(structures_home))
    for name in ("SPRO_ROLE", "SPRO_RESEAU", "SPRO_STRUCTURE"):
        monkeypatch.delenv(name, raising=False)


def opened(**query: str) -> str:
    test = run("structure", "page", **query)
    assert not test.exception
    assert sum(element.proto.body.count("<h1") for element in test.get("html")) == 1
    return text_of(test)


@pytest.mark.parametrize(
    ("structure", "period", "step"),
    [
        (MONTHLY, "décembre 2025", "Les chiffres de cette structure se lisent par mois ;"),
        (YEARLY, "année 2025", "Les chiffres de cette structure se lisent par année."),
        (HIDDEN, "année 2025", "Aucun chiffre de qualité de cette structure n'est montré ;"),
    ],
)
def test_the_finest_period_that_has_a_figure_is_chosen(structure: str, period: str, step: str) -> None:
    text = opened(lecteur=f"structure:{structure}")
    assert f"{NAMES[structure]}, {period}, grille de travail 2025.1" in text
    assert step in text


def test_the_period_of_the_url_comes_first() -> None:
    assert f"{NAMES[MONTHLY]}, 4e trimestre 2025" in opened(lecteur=f"structure:{MONTHLY}", periode="2025-T4")


def test_a_figure_of_a_longer_period_says_so() -> None:
    text = opened(lecteur=f"structure:{MONTHLY}")
    assert re.search(r"Clarification et suites .*? 4e trimestre 2025", text)


def test_a_structure_with_everything_hidden_still_has_something_to_show() -> None:
    text = opened(lecteur=f"structure:{HIDDEN}")
    criteria = text.partition("Tous les critères")[2].partition("Actions d'amélioration")[0]
    assert "non diffusé" in criteria
    assert "Cela ne dit rien de bon ni de mauvais sur la structure." in criteria
    assert not re.search(r"\d+ % entre", criteria)
    assert "Structures où le droit à l'anonymat est affiché : oui." in criteria
    assert "Sur un fait d'organisation décrit, un est entièrement en place." in text
    assert "Point faible : « Nous laissons la personne dire sa demande jusqu'au bout »." in text


def test_what_stands_out_comes_as_a_fact_a_solidity_and_a_question() -> None:
    text = opened(lecteur=f"structure:{YEARLY}")
    assert "Qui se trompe ? Peut-être personne : que mettons-nous derrière « demande bien comprise » ?" in text
    assert "Cet écart dépasse ce que le hasard explique (entre +12 points et +36 points)." in text
    assert f"{NAMES[YEARLY]}, en 2025 : deux choses à regarder (« délais » et « compréhension de la demande »)." in text


def test_nothing_counts_receptions_or_compares_people() -> None:
    text = opened(lecteur=f"structure:{MONTHLY}")
    assert not re.search(r"\d+ accueils", text)
    assert not re.search(r"performance|palmarès|conformité|en retard|rang\b|entonnoir", text)


@pytest.mark.parametrize("reader", ["comite", "animateur", "structure:INCONNUE", "reseau:info-jeunes"])
def test_nobody_else_opens_a_sheet(reader: str) -> None:
    text = opened(lecteur=reader, structure=MONTHLY)
    assert "Elle s'ouvre pour l'équipe de la structure" in text
    assert not any(name in text for name in NAMES.values())
    assert "%" not in text


@pytest.mark.parametrize(
    ("reader", "asked"),
    [("reseau:cio", MONTHLY), (HEAD, ELSEWHERE), (HEAD, SILENT), (f"structure:{YEARLY}", MONTHLY)],
)
def test_a_structure_that_is_not_open_is_refused_without_a_figure(reader: str, asked: str) -> None:
    text = opened(lecteur=reader, structure=asked)
    assert "La structure demandée ne vous est pas ouverte." in text
    assert NAMES[asked] not in text
    assert "%" not in text


def test_a_team_opens_its_own_even_where_it_did_not_agree_to_be_named() -> None:
    assert NAMES[SILENT] in opened(lecteur=f"structure:{SILENT}")


def test_the_head_of_a_network_opens_those_that_agreed_and_no_common_answer_of_a_team() -> None:
    text = opened(lecteur=HEAD, structure=YEARLY)
    assert NAMES[YEARLY] in text
    assert NAMES[SILENT] not in text
    assert NAMES[ELSEWHERE] not in text
    assert "La réponse commune de l'équipe reste dans l'équipe" in text
    assert "Nous laissons la personne" not in text


def test_the_practices_are_drawn_described_and_tabulated() -> None:
    test = run("structure", "page", lecteur=f"structure:{HIDDEN}")
    assert len(test.get("plotly_chart")) == 1
    assert "Pratiques de Mission locale Masquée, année 2025" in text_of(test)
