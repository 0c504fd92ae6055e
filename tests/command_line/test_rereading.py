"""A mapping that changes: the inbox is read again, and each receipt says what that changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from grids.network import Mapping
from pipelines.command_line.build import Outcome, build
from pipelines.home import Home
from pipelines.intake import inbox
from pipelines.receipt import read_receipts
from pipelines.receipts.text import receipt_lines

Lay = Callable[..., Path]
WORDS = {"Sur place": "presentiel", "Téléphone": "telephone"}
PROFILES = "structure_id;nom;commune_insee;mode_collecte;actif_du\nA-1;Lieu FICTIF;35238;outil;2020-01-01\n"
RECORDS = "Fiche;Lieu;Jour;Voie;Note\n" + "".join(
    f"FICTIF-{number};A-1;03/02/2025;{word};x\n" for number, word in enumerate(["Sur place", "Téléphone", "Fax"])
)


def _mapping(words: dict[str, str], **other: Any) -> Mapping:
    delivery = {
        "id": "fiches", "contrat": "accueils", "lecteur": "csv", "reconnue_a": ["Fiche", "Jour"], "ignorer": ["Note"],
        "colonnes": {
            "accueil_ref": {"colonne": "Fiche"}, "structure_id": {"colonne": "Lieu"},
            "mois": {"colonne": "Jour", "date": "JJ/MM/AAAA"}, "canal": {"colonne": "Voie", "valeurs": words},
        },
    }  # fmt: skip
    return Mapping.model_validate({"reseau": "apec", "nom": "Apec", "livraisons": [delivery | other]})


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, lay: Lay, tmp_path: Path) -> Callable[[Mapping], Outcome]:
    """Builds the same two files under a mapping."""
    home = tmp_path / "home"
    lay(home, "apec/structures.csv", PROFILES, 0)
    lay(home, "apec/fiches.csv", RECORDS, 1)

    def run(mapping: Mapping) -> Outcome:
        monkeypatch.setattr(inbox, "load_mapping", lambda network: mapping)
        return build(Home(home), date(2025, 6, 1), lambda step, done, total: None)

    return run


def _told(outcome: Outcome) -> list[str]:
    [receipt] = [each for each in outcome.receipts if each.fichier == "fiches.csv"]
    return list(receipt.relue)


@pytest.mark.long
def test_nothing_is_said_of_a_file_read_for_the_first_time(built: Callable[[Mapping], Outcome]) -> None:
    assert _told(built(_mapping({"Sur place": "presentiel"}))) == []


@pytest.mark.long
def test_a_word_added_moves_rows_out_of_quarantine(built: Callable[[Mapping], Outcome]) -> None:
    built(_mapping({"Sur place": "presentiel"}))
    told = _told(built(_mapping(WORDS)))
    assert told == [
        "Lignes gardées : 2, au lieu de 1 avec la correspondance précédente.",
        "Lignes en quarantaine : 1, au lieu de 2 avec la correspondance précédente.",
    ]


@pytest.mark.long
def test_a_column_that_changes_its_fate_is_named(built: Callable[[Mapping], Outcome]) -> None:
    built(_mapping(WORDS))
    told = _told(built(_mapping(WORDS, ignorer=[], a_retirer=["Note"])))
    assert told == ["Colonnes retirées à la lecture, en plus : « Note ».", "Colonnes ignorées, en moins : « Note »."]


@pytest.mark.long
def test_a_file_refused_and_then_read_says_so_and_back(built: Callable[[Mapping], Outcome]) -> None:
    built(_mapping(WORDS, ignorer=[]))
    assert _told(built(_mapping(WORDS))) == ["La correspondance a changé : ce fichier, refusé jusque-là, est lu."]
    assert _told(built(_mapping(WORDS, ignorer=[]))) == [
        "La correspondance a changé : ce fichier, lu jusque-là, est refusé."
    ]


@pytest.mark.long
def test_what_changed_is_kept_and_shown(built: Callable[[Mapping], Outcome], tmp_path: Path) -> None:
    built(_mapping({"Sur place": "presentiel"}))
    told = _told(built(_mapping(WORDS)))
    stored = next(each for each in read_receipts(tmp_path / "home" / "receipts") if each.fichier == "fiches.csv")
    assert list(receipt_lines(stored))[: len(told)] == told
    assert stored.etat == "acceptee"


@pytest.mark.long
def test_the_same_mapping_reads_nothing_again(built: Callable[[Mapping], Outcome]) -> None:
    built(_mapping(WORDS))
    assert built(_mapping(WORDS)).receipts == ()


@pytest.mark.long
def test_a_mapping_that_changes_nothing_for_the_file_says_that(built: Callable[[Mapping], Outcome]) -> None:
    built(_mapping(WORDS))
    assert _told(built(_mapping(WORDS | {"Visio": "visioconference"}))) == [
        "La correspondance a changé ; pour ce fichier, rien ne change."
    ]
