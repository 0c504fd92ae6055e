"""« Données »: what a network's own tool tells already, and what the network is still asked; on the real grids."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from dashboard.views import asked, equivalences

from .test_dashboard_pages import run, text_of


def read_as(monkeypatch: pytest.MonkeyPatch, home: Path, network: str, part: str) -> str:
    monkeypatch.setenv("SPRO_HOME", str(home))
    monkeypatch.setenv("SPRO_ROLE", "reseau")
    monkeypatch.setenv("SPRO_RESEAU", network)
    test = run("data", "page", lire=part)
    assert not test.exception
    return text_of(test)


def test_both_definitions_stand_side_by_side(grid_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = read_as(monkeypatch, grid_home, "france-travail", "outil")
    assert "France Travail mesure déjà cinq indicateurs que la grille reconnaît" in text
    assert "FT-COMPRIS-ENQUETE" in text
    assert "PD02.percue" in text
    assert "IJ-ECOUTE" not in text
    assert "Qualiopi" not in text


def test_a_network_without_indicator_is_told_how_to_bring_one(grid_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = read_as(monkeypatch, grid_home, "cio", "outil")
    assert "n'a encore décrit aucun indicateur à lui" in text
    assert "Donnez sa définition à l'équipe qui anime la démarche" in text


def test_what_is_asked_with_its_time_and_the_sheet(grid_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = read_as(monkeypatch, grid_home, "cio", "demandes")
    assert "à chaque fois." in text
    assert "Ma pratique de l'accueil" in text
    assert "spro template --network cio --out fiche.xlsx" in text


def redundancies(*seconds: float) -> pl.DataFrame:
    return pl.DataFrame({"secondes": list(seconds)}, schema={"secondes": pl.Float64})


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ((), ""),
        ((15.0,), "Cesser de la demander ferait gagner 15 secondes à chaque fois."),
        ((90.0, 60.0), "Cesser de les demander ferait gagner 3 minutes à chaque fois."),
    ],
)
def test_what_would_be_spared(seconds: tuple[float, ...], said: str) -> None:
    assert asked.spared_sentence(redundancies(*seconds)) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ((), "CIO : rien n'est encore demandé."),
        ((73.0,), "CIO : une chose à remplir, 73 secondes à chaque fois."),
        ((60.0, 540.0), "CIO : deux choses à remplir, de 60 secondes à 9 minutes à chaque fois."),
    ],
)
def test_what_is_asked_in_a_sentence(seconds: tuple[float, ...], said: str) -> None:
    assert asked.burdens_sentence(redundancies(*seconds), "CIO") == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [("A", "M1", False)],
            "mesure déjà un indicateur que la grille reconnaît ; aucun ne remplace encore une question.",
        ),
        (
            [("A", "M1", True), ("B", "M2", True)],
            "deux indicateurs que la grille reconnaît ; deux questions de moins à poser.",
        ),
        (
            [("A", "M1", True), ("A", "M2", False)],
            "un indicateur que la grille reconnaît ; une question de moins à poser.",
        ),
    ],
)
def test_how_many_questions_the_tool_spares(rows: list[tuple[str, str, bool]], said: str) -> None:
    frame = pl.DataFrame(rows, schema=["indicateur_source", "mesure", "remplace"], orient="row")
    assert equivalences.network_sentence(frame, "CIO").endswith(said)
