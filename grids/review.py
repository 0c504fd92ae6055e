"""The editorial check of the files of a grid: its remarks with their lines, texts without quotes, files that nothing reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from grids.definitions import ROOT, TRAIL, line_of, read_tree, short
from grids.editorial import Remark, remarks
from grids.load import load_grid
from grids.quoting import unquoted
from grids.versions import DEFAULT_GRID, load_versions, record_of


def review(version: str, today: date, grid: str = DEFAULT_GRID, root: Path = ROOT) -> tuple[Remark, ...]:
    """Every remark on a version's file, with its line.

    Raises GridError as `load_grid` does, if the file is no grid that holds together.
    """
    path = root / grid / f"{version}.yaml"
    found = remarks(load_grid(version, grid, root), record_of(version, grid, root), today)
    tree = read_tree(path)
    trails = [each.place.split(TRAIL) for each in found]
    lines = [line_of(tree, trail) if trail[0] in tree else None for trail in trails]
    return (*(replace(each, line=line) for each, line in zip(found, lines, strict=True)), *quoting_remarks(path))


def quoting_remarks(path: Path) -> tuple[Remark, ...]:
    """A refusal for each text of a definition file that stands without quotes."""
    return tuple(
        Remark(
            "refus", short(path), f"« {each.text} » n'est pas entre guillemets.", f'Écrivez "{each.text}".', each.line
        )
        for each in unquoted(path)
    )


def undeclared(grid: str = DEFAULT_GRID, root: Path = ROOT) -> tuple[Remark, ...]:
    """A refusal for each file of a grid's folder that is no version of its register: nothing would ever read it."""
    known = {f"{record.version}.yaml" for record in load_versions(grid, root)} | {"versions.yaml"}
    return tuple(
        Remark("refus", short(path), "Cette version n'est pas dans versions.yaml : rien ne la lit.", "Ajoutez-la.")
        for path in sorted((root / grid).glob("*.yaml"))
        if path.name not in known
    )
