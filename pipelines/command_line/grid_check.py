"""What `spro grid check` looks at: each version, each network's mapping, equivalences, what networks decline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from grids.declines import FILE as DECLINES
from grids.declines import load_declines
from grids.definitions import ROOT, short
from grids.editorial import Remark
from grids.equivalences import FOLDER as EQUIVALENCES
from grids.equivalences import load_equivalences
from grids.errors import GridError
from grids.load import load_grid, load_grids
from grids.network import load_mapping
from grids.register import network_codes
from grids.review import quoting_remarks, review, undeclared
from grids.versions import DEFAULT_GRID, load_versions, record_of

Look = Callable[[], Sequence[Remark]]
"""Reads a file; raises GridError if it holds what cannot be."""


@dataclass(frozen=True)
class Checked:
    """A file that was looked at: what refuses it, and advice, in sentences that say where."""

    name: str
    refused: tuple[str, ...]
    advised: tuple[str, ...]


def check_files(version: str | None, root: Path, today: date) -> tuple[Checked, ...]:
    """Every file of the grids under `root`, or one version with what depends on it.

    Raises GridError if the versions' register cannot be read or does not have `version`.
    """
    records = [record_of(version, root=root)] if version else load_versions(root=root)
    looks = [
        (short(root / DEFAULT_GRID / f"{each.version}.yaml"), _version_look(each.version, root, today))
        for each in records
    ]
    looks.append((short(root / DEFAULT_GRID / "versions.yaml"), lambda: _register_remarks(root)))
    if root == ROOT:
        looks.extend((short(path), _mapping_look(path)) for path in _mappings())
        looks.extend(_network_looks())
    return tuple(_checked(name, look) for name, look in looks)


def _version_look(version: str, root: Path, today: date) -> Look:
    return lambda: review(version, today, root=root)


def _register_remarks(root: Path) -> Sequence[Remark]:
    """The versions taken together: their register, and what must go on from one to the next."""
    found = (*undeclared(root=root), *quoting_remarks(root / DEFAULT_GRID / "versions.yaml"))
    load_grids(root=root)
    return found


def _mappings() -> Iterator[Path]:
    folder = ROOT / "networks"
    return (path for code in network_codes() if (path := folder / f"{code}.yaml").is_file())


def _mapping_look(path: Path) -> Look:
    def look() -> Sequence[Remark]:
        load_mapping(path.stem)
        return quoting_remarks(path)

    return look


def _network_looks() -> Iterator[tuple[str, Look]]:
    """What networks say of the grid: their own indicators beside its measures, and what they decline."""
    yield short(EQUIVALENCES), _equivalences_look
    yield short(DECLINES), _declines_look


def _equivalences_look() -> Sequence[Remark]:
    grids = load_grids()
    load_equivalences(grids[-1], grids)
    return [remark for path in sorted(EQUIVALENCES.glob("*.yaml")) for remark in quoting_remarks(path)]


def _declines_look() -> Sequence[Remark]:
    load_declines(load_grid(load_versions()[-1].version))
    return quoting_remarks(DECLINES)


def _checked(name: str, look: Look) -> Checked:
    try:
        found = look()
    except GridError as error:
        return Checked(name, (str(error),), ())
    told = {
        severity: tuple(str(each) for each in found if each.severity == severity) for severity in ("refus", "conseil")
    }
    return Checked(name, told["refus"], told["conseil"])
