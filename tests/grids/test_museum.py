"""The museum of bad grids: none gets through, and each refusal says where and what."""

import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from grids.definitions import ROOT
from grids.errors import GridError
from grids.load import load_grid
from grids.versions import DEFAULT_GRID

PIECES = YAML(typ="safe").load((Path(__file__).parent / "museum" / "pieces.yaml").read_text(encoding="utf-8"))
WORKING = "2023.1"


def exhibit(piece: dict[str, str], folder: Path) -> Path:
    """The working grid with one change, in a grid folder of its own."""
    shutil.copytree(ROOT / DEFAULT_GRID, folder / DEFAULT_GRID)
    path = folder / DEFAULT_GRID / f"{WORKING}.yaml"
    parts = path.read_text(encoding="utf-8").split(piece["replace"])
    nth = int(piece.get("nth", 1))
    assert len(parts) > nth, "the piece no longer changes anything"
    text = piece["replace"].join(parts[:nth]) + piece["by"] + piece["replace"].join(parts[nth:])
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("piece", PIECES, ids=[piece["name"] for piece in PIECES])
def test_no_piece_of_the_museum_gets_through(piece: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(GridError) as refusal:
        load_grid(WORKING, root=exhibit(piece, tmp_path))
    assert piece["says"] in str(refusal.value)
    assert f"{WORKING}.yaml" in refusal.value.place or "expression" in str(refusal.value)


def test_the_line_of_a_mistake_is_told(tmp_path: Path) -> None:
    root = exhibit({"replace": 'genre: "quantiles"', "by": 'genre: "moyenne"'}, tmp_path)
    lines = (root / DEFAULT_GRID / f"{WORKING}.yaml").read_text(encoding="utf-8").splitlines()
    wrong = next(number for number, line in enumerate(lines, start=1) if 'genre: "moyenne"' in line)
    with pytest.raises(GridError) as refusal:
        load_grid(WORKING, root=root)
    assert f"ligne {wrong}" in refusal.value.place
