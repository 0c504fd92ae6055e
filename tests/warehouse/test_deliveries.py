"""The same, through the door: files laid in an inbox, built, laid again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipelines.command_line.build import Outcome, build
from pipelines.home import Home
from pipelines.receipt import Receipt, read_receipts

Lay = Callable[..., Path]
PROFILES = (
    "structure_id;nom;commune_insee;mode_collecte;partage_nominatif;canaux_proposes;actif_du;actif_au\n"
    "A-1;Lieu FICTIF;35238;outil;oui;presentiel;2020-01-01;\n"
)
HEADING = "accueil_ref;structure_id;mois;canal;tranche_age\n"


def _records(*rows: tuple[str, str]) -> str:
    return HEADING + "".join(f"{reference};A-1;2025-02-03;tchat;{age}\n" for reference, age in rows)


def _run(home: Path) -> Outcome:
    return build(Home(home), date(2025, 6, 1), lambda *_: None)


def _balance(home: Path, name: str) -> dict[str, int]:
    receipt = _receipts(home)[name]
    assert receipt.bilan.conserved
    return {key: count for key, count in receipt.bilan.model_dump().items() if count}


def _receipts(home: Path) -> dict[str, Receipt]:
    return {receipt.fichier: receipt for receipt in read_receipts(home / "receipts")}


@pytest.fixture
def home(tmp_path: Path, lay: Lay) -> Path:
    """A data folder whose first delivery is built: two records."""
    lay(tmp_path, "apec/structures.csv", PROFILES, 0)
    lay(tmp_path, "apec/fiches.csv", _records(("FICTIF-1", "18_25"), ("FICTIF-2", "26_44")), 1)
    _run(tmp_path)
    return tmp_path


def test_records_delivered_again_and_changed_are_known(home: Path, lay: Lay) -> None:
    assert _balance(home, "fiches.csv") == {"lues": 2, "nouvelles": 2}
    second = _records(("FICTIF-1", "18_25"), ("FICTIF-2", "45_plus"), ("FICTIF-3", "ancien"), ("TOTAL", ""))
    lay(home, "apec/suite.csv", second, 2)
    _run(home)
    assert _balance(home, "suite.csv") == {
        "lues": 4, "repetees": 1, "remplacantes": 1, "quarantaine": 1, "ecartees": 1,
    }  # fmt: skip
    assert _balance(home, "fiches.csv") == {"lues": 2, "nouvelles": 2}


def test_the_same_file_under_another_name_changes_nothing(home: Path, lay: Lay) -> None:
    lay(home, "apec/copie.csv", (home / "inbox/apec/fiches.csv").read_bytes(), 2)
    outcome = _run(home)
    assert (outcome.receipts, outcome.release) == ((), None)
    assert "copie.csv" not in _receipts(home)


@pytest.mark.long
def test_the_same_file_from_another_network_is_another_delivery(home: Path, lay: Lay) -> None:
    lay(home, "cidff/structures.csv", PROFILES.replace("A-1", "B-1"), 2)
    lay(home, "cidff/fiches_cidff.csv", (home / "inbox/apec/fiches.csv").read_bytes().replace(b"A-1", b"B-1"), 3)
    _run(home)
    assert _balance(home, "fiches_cidff.csv") == {"lues": 2, "nouvelles": 2}


@pytest.mark.long
def test_structures_may_arrive_in_the_same_build_after_the_records_that_name_them(tmp_path: Path, lay: Lay) -> None:
    lay(tmp_path, "apec/fiches.csv", _records(("FICTIF-1", "18_25")), 0)
    lay(tmp_path, "apec/structures.csv", PROFILES, 1)
    _run(tmp_path)
    assert _balance(tmp_path, "fiches.csv") == {"lues": 1, "nouvelles": 1}


@pytest.mark.long
def test_a_record_of_an_unknown_structure_is_kept_once_the_structure_is_delivered(tmp_path: Path, lay: Lay) -> None:
    content = _records(("FICTIF-1", "18_25"))
    lay(tmp_path, "apec/fiches.csv", content, 0)
    _run(tmp_path)
    assert _balance(tmp_path, "fiches.csv") == {"lues": 1, "quarantaine": 1}
    lay(tmp_path, "apec/structures.csv", PROFILES, 1)
    lay(tmp_path, "apec/encore.csv", content, 2)
    _run(tmp_path)
    assert [each.bilan.nouvelles for each in _receipts(tmp_path).values() if each.contrat == "accueils"] == [1]


def test_a_refused_file_stores_nothing_but_its_receipt(home: Path, lay: Lay) -> None:
    before = set((home / "staged").rglob("*.parquet"))
    lay(home, "apec/nominatif.csv", HEADING.strip() + ";prénom\nFICTIF-9;A-1;2025-02-03;tchat;18_25;FICTIF-PRENOM\n", 2)
    outcome = _run(home)
    assert [each.etat for each in outcome.receipts] == ["refusee"]
    assert set((home / "staged").rglob("*.parquet")) == before
    assert _receipts(home)["nominatif.csv"].bilan.lues == 0


@pytest.mark.long
def test_one_bad_file_does_not_stop_the_others(home: Path, lay: Lay) -> None:
    lay(home, "apec/casse.csv", b"\xef\xbb\xbfaccueil_ref;structure_id;mois;canal\r\nFICTIF;\xe9\xff;;\r\n", 2)
    lay(home, "apec/suite.csv", _records(("FICTIF-5", "18_25")), 3)
    _run(home)
    assert _receipts(home)["casse.csv"].etat == "refusee"
    assert _balance(home, "suite.csv") == {"lues": 1, "nouvelles": 1}
