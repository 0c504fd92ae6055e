"""From files to a grid that holds together and, once adopted, still says what was adopted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from grids.coherence import check_coherence
from grids.continuity import check_continuity
from grids.definitions import ROOT, place_in, read_definition, read_tree, short
from grids.errors import GridError
from grids.model import Grid
from grids.versions import DEFAULT_GRID, check_unchanged, load_versions, record_of


def load_grid(version: str, grid: str = DEFAULT_GRID, root: Path = ROOT) -> Grid:
    """One version of a grid, checked as a whole.

    Raises GridError, with the place, if no such version is known, if a name does not exist, if a measure lacks what its kind
    needs, or if the file of an adopted version has changed.
    """
    record = record_of(version, grid, root)
    path = root / grid / f"{version}.yaml"
    loaded = read_definition(Grid, path)
    if loaded.version != version or loaded.id != grid:
        raise GridError(
            f"Ce fichier dit « {loaded.id} {loaded.version} ».",
            place=short(path),
            remedy="Le dossier et le nom du fichier sont ceux de la grille et de sa version.",
        )
    check_coherence(loaded, path)
    check_unchanged(path, record)
    return loaded


def load_grids(grid: str = DEFAULT_GRID, root: Path = ROOT) -> tuple[Grid, ...]:
    """Every version of a grid, oldest first, an id never standing for two things.

    Raises GridError as `load_grid` does, if an id that had been retired comes back, or if a version breaks with earlier
    ones (`grids.continuity`).
    """
    loaded = tuple(load_grid(record.version, grid, root) for record in load_versions(grid, root))
    _check_never_reused(loaded, root)
    check_continuity(loaded, root)
    return loaded


def fingerprint(grid: Grid) -> str:
    """A hash of what a grid says as this program reads it: it changes with the figures that it gives."""
    return hashlib.blake2b(grid.model_dump_json().encode(), digest_size=16).hexdigest()


def _check_never_reused(grids: tuple[Grid, ...], root: Path) -> None:
    retired: dict[str, str] = {}
    present: set[str] = set()
    for each in grids:
        sections: dict[str, Mapping[str, object]] = {
            "criteres": each.criteria,
            "questions": each.questions,
            "indicateurs": each.indicators,
        }
        ids = {name: section for section, named in sections.items() for name in named}
        retired |= dict.fromkeys(present - ids.keys(), each.version)
        for name in sorted(ids.keys() & retired.keys()):
            path = root / each.id / f"{each.version}.yaml"
            raise GridError(
                f"« {name} » a été retiré dans la version {retired[name]} : un identifiant ne sert qu'une fois.",
                place=place_in(path, read_tree(path), (ids[name], name)),
                remedy="Donnez un nouvel identifiant.",
            )
        present = set(ids)
