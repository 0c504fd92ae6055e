"""A museum of bad files: each gets a sentence, none a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from grids.network import load_mapping
from pipelines.home import Home
from pipelines.listening.trial import check_file
from pipelines.receipts.text import receipt_lines

MUSEUM = Path(__file__).with_name("museum")
PIECES = YAML(typ="safe", pure=True).load((MUSEUM / "sentences.yaml").read_text(encoding="utf-8"))["fichiers"]


@pytest.mark.parametrize("piece", PIECES, ids=[piece["fichier"] for piece in PIECES])
def test_a_bad_file_gets_its_sentence(piece: dict[str, str], tmp_path: Path) -> None:
    receipt = check_file(MUSEUM / piece["fichier"], piece["reseau"], Home(tmp_path))
    said = list(receipt_lines(receipt))
    assert said[0].startswith(piece["phrase"])
    if receipt.etat == "refusee":
        assert receipt.remede


def test_every_file_of_the_museum_has_its_sentence() -> None:
    assert {path.name for path in MUSEUM.glob("*.csv")} == {piece["fichier"] for piece in PIECES}


def test_a_refusal_names_the_headings_that_were_expected(tmp_path: Path) -> None:
    receipt = check_file(MUSEUM / "autre_table.csv", "mission-locale", Home(tmp_path))
    expected = [heading for each in load_mapping("mission-locale").deliveries for heading in each.recognised_by]
    assert expected
    assert all(f"« {heading} »" in receipt.remede for heading in expected)


def test_a_file_that_is_only_checked_leaves_nothing_behind(tmp_path: Path) -> None:
    check_file(MUSEUM / "ligne_trop_courte.csv", "apec", Home(tmp_path))
    assert not list(tmp_path.iterdir())
