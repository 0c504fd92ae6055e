"""The museum of bad equivalences: none is loaded, and each refusal says the file, the line and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grids.equivalences import load_equivalences
from grids.errors import GridError
from grids.load import load_grid

MUSEUM = Path(__file__).parent / "equivalence_museum"
GRID = load_grid("2025.1")
NAMED_AFTER = "france-travail"


@pytest.mark.parametrize("piece", sorted(MUSEUM.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_piece_of_the_museum_gets_through(piece: Path, tmp_path: Path) -> None:
    text = piece.read_text(encoding="utf-8")
    says, place = text.splitlines()[0].removeprefix("# dit: "), text.splitlines()[1].removeprefix("# lieu:").strip()
    exhibit = tmp_path / f"{_name(piece, text)}.yaml"
    exhibit.write_text(text, encoding="utf-8")
    with pytest.raises(GridError) as refusal:
        load_equivalences(GRID, folder=tmp_path)
    assert says in refusal.value.sentence
    assert exhibit.name in refusal.value.place
    assert not place or f", {place} (" in refusal.value.place
    assert refusal.value.remedy


def _name(piece: Path, text: str) -> str:
    """The exhibit bears the name of its source, save where that is what is wrong."""
    found = re.search(r'^source: "(.+)"', text, re.MULTILINE)
    return NAMED_AFTER if found is None or piece.stem == "source-d-un-autre-fichier" else found[1]
