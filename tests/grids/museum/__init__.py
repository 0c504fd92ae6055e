"""The broken files of the museum, and what is said of each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from grids.errors import GridError
from grids.load import load_grid, load_grids
from grids.network import load_mapping
from grids.review import review
from grids.versions import load_versions

HERE = Path(__file__).parent
SOUND = HERE / "sound"
MESSAGES_FILE = HERE / "messages.yaml"
GRID, WORKING, TODAY = "musee", "2031.1", date(2030, 6, 1)


def _read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


PIECES: dict[str, dict[str, Any]] = {piece["name"]: piece for piece in _read(HERE / "pieces.yaml")}
MESSAGES: dict[str, dict[str, str]] = _read(MESSAGES_FILE) if MESSAGES_FILE.exists() else {}


def exhibited(piece: dict[str, Any], folder: Path) -> Path:
    """The sound files, copied to `folder` with the one thing that `piece` breaks."""
    shutil.copytree(SOUND, folder / SOUND.name)
    for change in filter(None, (piece, piece.get("and"))):
        path = folder / SOUND.name / change.get("in", f"{GRID}/{WORKING}.yaml")
        text = path.read_text(encoding="utf-8")
        assert change["replace"] in text, "the piece no longer changes anything"
        path.write_text(text.replace(change["replace"], change["by"], 1), encoding="utf-8")
    return folder / SOUND.name


def is_mapping(piece: dict[str, Any]) -> bool:
    """Whether what a piece breaks is a network's mapping, and not a grid."""
    return str(piece.get("in", "")).startswith("networks")


def refusals(root: Path, *, of_mapping: bool = False) -> list[dict[str, str]]:
    """What refuses the grids under `root`, or the mapping: the first thing that cannot be, or else every editorial refusal."""
    try:
        if of_mapping:
            load_mapping("cio", root / "networks")
            return []
        load_grid(load_versions(GRID, root)[-1].version, GRID, root)
        load_grids(GRID, root)
        return list(_remarks(root))
    except GridError as error:
        return [{"ou": error.place, "phrase": error.sentence, "remede": error.remedy}]


def _remarks(root: Path) -> Iterator[dict[str, str]]:
    for each in review(WORKING, TODAY, GRID, root):
        if each.severity == "refus":
            line = f", ligne {each.line}" if each.line else ""
            where = "" if each.place.endswith(".yaml") else f" ({each.place})"
            yield {"ou": f"{GRID}/{WORKING}.yaml{line}{where}", "phrase": each.sentence, "remede": each.remedy}
