"""The versions of the grid that a build measures under, each with the time during which it is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from grids.definitions import ROOT
from grids.load import load_grids
from grids.model import Grid
from grids.versions import VersionRecord, file_fingerprint, in_force_until, load_versions


@dataclass(frozen=True)
class Version:
    """A version of the grid, its record, its last day (None while no later one is known), a hash of what its file says."""

    grid: Grid
    record: VersionRecord
    until: date | None
    fingerprint: str


def load_measured_versions(as_of: date, root: Path = ROOT) -> tuple[Version, ...]:
    """Every version in force before or on `as_of`, oldest first. Raises GridError as `load_grids` does."""
    return tuple(
        Version(
            grid, record, in_force_until(record, root=root), file_fingerprint(root / grid.id / f"{grid.version}.yaml")
        )
        for grid, record in zip(load_grids(root=root), load_versions(root=root), strict=True)
        if record.in_force_from <= as_of
    )
