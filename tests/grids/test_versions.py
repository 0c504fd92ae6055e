"""The versions of a grid: their register, what may not change any more, what goes on from one to the next."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from grids.errors import GridError
from grids.load import load_grid, load_grids
from grids.versions import (
    FROZEN,
    file_fingerprint,
    in_force_until,
    load_versions,
    record_of,
    version_in_force,
)
from tests.grids.museum import GRID, SOUND


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The sound versions, in a folder that may be changed."""
    shutil.copytree(SOUND / GRID, tmp_path / GRID)
    return tmp_path


def rewritten(path: Path, was: str, becomes: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")


def test_versions_are_told_oldest_first_whatever_their_order_in_the_file(root: Path) -> None:
    path = root / GRID / "versions.yaml"
    head, *records = path.read_text(encoding="utf-8").split("  - version")
    path.write_text("  - version".join((head, *(each.rstrip() + "\n" for each in reversed(records)))), encoding="utf-8")
    assert [each.version for each in load_versions(GRID, root)] == ["2029.1", "2030.1", "2031.1"]


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2029, 1, 1), "2029.1"),
        (date(2029, 12, 31), "2029.1"),
        (date(2030, 1, 1), "2030.1"),
        (date(2035, 6, 1), "2031.1"),
    ],
)
def test_a_day_lies_under_one_version(day: date, version: str) -> None:
    assert version_in_force(day, GRID, SOUND).version == version


def test_a_version_ends_the_day_before_the_next(root: Path) -> None:
    ends = [in_force_until(each, GRID, root) for each in load_versions(GRID, root)]
    assert ends == [date(2029, 12, 31), date(2030, 12, 31), None]


def test_layout_and_comments_do_not_change_a_fingerprint(root: Path) -> None:
    path = root / GRID / "2030.1.yaml"
    before = file_fingerprint(path)
    text = path.read_text(encoding="utf-8").replace('libelle: "Clarté"', "libelle: 'Clarté'")
    path.write_text("# Relu.\n" + text + "\n\n", encoding="utf-8")
    assert file_fingerprint(path) == before
    assert load_grid("2030.1", GRID, root).version == "2030.1"


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('texte: "J\'y vois clair."', 'texte: "Je vois clair."'),
        ('auteur: "Groupe FICTIF"', 'auteur: "Un autre"'),
        ('favorables: ["3", "4"]', 'favorables: ["4", "3"]'),
        ("opinion: true", "opinion: false"),
    ],
)
def test_no_word_of_an_adopted_file_changes_unseen(root: Path, was: str, becomes: str) -> None:
    rewritten(root / GRID / "2030.1.yaml", was, becomes)
    with pytest.raises(GridError, match="a changé depuis"):
        load_grid("2030.1", GRID, root)


def test_a_working_version_may_change(root: Path) -> None:
    rewritten(root / GRID / "2031.1.yaml", 'libelle: "Attente"', 'libelle: "Délai"')
    assert load_grid("2031.1", GRID, root).indicators["M02"].label == "Délai"


@pytest.mark.parametrize("state", FROZEN)
def test_an_adopted_version_without_fingerprint_is_told_which_to_write(root: Path, state: str) -> None:
    rewritten(root / GRID / "versions.yaml", 'etat: "travail"', f'etat: "{state}"')
    with pytest.raises(GridError) as refusal:
        load_versions(GRID, root)
    said = file_fingerprint(root / GRID / "2031.1.yaml")
    assert said in refusal.value.remedy
    rewritten(root / GRID / "versions.yaml", "dates: {travail", f'empreinte: "{said}"\n    dates: {{travail')
    assert load_grid("2031.1", GRID, root).version == "2031.1"


def test_the_fingerprints_of_the_product_hold() -> None:
    frozen = [each for each in load_versions() if each.state in FROZEN]
    assert frozen, "the sample region lives through an earlier version"
    assert all(load_grid(each.version).version == each.version for each in frozen)


def test_an_unknown_version_is_told_the_known_ones() -> None:
    with pytest.raises(GridError, match=r"2029\.1, 2030\.1, 2031\.1"):
        record_of("2040.1", GRID, SOUND)


def test_an_id_that_was_retired_never_comes_back(root: Path) -> None:
    asked = 'Q9: {texte: "On m\'a reçu.", repondants: ["personne"], vague: "a_chaud", echelle: "accord"}'
    rewritten(root / GRID / "2031.1.yaml", "  Q0: {texte", f"  {asked}\n  Q0: {{texte")
    with pytest.raises(GridError, match=r"a été retiré dans la version 2030\.1") as refusal:
        load_grids(GRID, root)
    assert "questions › Q9" in refusal.value.place
    assert "ligne" in refusal.value.place


def test_a_scale_may_change_its_name_not_its_codes(root: Path) -> None:
    path = root / GRID / "2031.1.yaml"
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace('"accord"', '"accord_personne"')
        .replace("  accord:", "  accord_personne:"),
        encoding="utf-8",
    )
    assert len(load_grids(GRID, root)) == 3
    rewritten(path, '"4": "Oui"', '"4": "Oui", "5": "Oh oui"')
    with pytest.raises(GridError, match="change d'échelle"):
        load_grids(GRID, root)
