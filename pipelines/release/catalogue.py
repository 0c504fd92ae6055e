"""The releases of a data folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from grids.errors import ReleaseError
from pipelines.release.reading import published


@dataclass(frozen=True)
class Edition:
    """One release in the catalogue."""

    id: str
    data_as_of: date
    grid_version: str
    deliveries: int
    is_published: bool


def editions(releases: Path) -> list[Edition]:
    """Every release of the folder, oldest first."""
    current = _published_id(releases)
    manifests = [json.loads(path.read_text(encoding="utf-8")) for path in releases.glob("*-*.json")]
    found = [
        Edition(
            id=each["release_id"],
            data_as_of=date.fromisoformat(each["donnees_du"]),
            grid_version=each["version"],
            deliveries=int(each["livraisons"]),
            is_published=each["release_id"] == current,
        )
        for each in manifests
    ]
    return sorted(found, key=lambda edition: (edition.data_as_of, edition.id))


def _published_id(releases: Path) -> str | None:
    try:
        return published(releases).id
    except ReleaseError:
        return None
