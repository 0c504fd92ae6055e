"""What was handed over counts at the next build, though the inbox holds no file of it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipelines.home import Home
from pipelines.listening.delivery import deliver
from pipelines.receipt import Receipt, read_receipts, write_receipt
from tests.listening.conftest import PROFILES

pytestmark = pytest.mark.long
Spro = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, records: Callable[..., bytes]) -> Home:
    """A data folder without an inbox, where a structure and its records were handed over. Built by the tests in turn."""
    folder = tmp_path_factory.mktemp("remis")
    home = Home(folder / "home")
    for name, content in {"structures.csv": PROFILES.encode(), "fiches.csv": records("remise")}.items():
        (folder / "octets").write_bytes(content)
        done = deliver(home, folder / "octets", name, "cibc", date(2025, 5, 2))
        assert (done.receipt.etat, done.receipt.fichier, done.receipt.recue_le) == ("lue", name, date(2025, 5, 2))
    return home


def build(spro: Spro, home: Home) -> str:
    built = spro("build", "--home", str(home.root), "--as-of", "2025-06-01")
    assert built.returncode == 0, built.stdout + built.stderr
    return built.stdout


def receipts(home: Home) -> list[Receipt]:
    return list(read_receipts(home.receipts))


def test_it_is_accepted_and_its_balance_completed(spro: Spro, home: Home) -> None:
    assert "Édition publiée" in build(spro, home)
    assert [(each.etat, each.bilan.nouvelles, each.bilan.conserved) for each in receipts(home)] == [
        ("acceptee", 1, True),
        ("acceptee", 4, True),
    ]


def test_the_same_file_again_changes_nothing(home: Home, tmp_path: Path) -> None:
    (tmp_path / "encore").write_bytes(PROFILES.encode())
    before = receipts(home)
    assert deliver(home, tmp_path / "encore", "encore.csv", "cibc", date(2025, 5, 9)).already
    assert receipts(home) == before


def test_neither_a_copy_in_the_inbox_nor_a_changed_mapping_reads_it_again(spro: Spro, home: Home) -> None:
    profiles, records = receipts(home)
    (home.inbox / "cibc").mkdir(parents=True)
    (home.inbox / "cibc" / "structures.csv").write_bytes(PROFILES.encode())
    elsewhere = records.model_copy(update={"correspondance": "une autre"})
    write_receipt(home.receipts, elsewhere)
    build(spro, home)
    assert receipts(home) == [profiles, elsewhere]
