"""The releases of a data folder, and in which state each is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from grids.errors import ReleaseError
from pipelines.release.journal import acts
from pipelines.release.reading import Release, candidate, published

State = Literal["publiée", "candidate", "remplacée", "jamais publiée"]


@dataclass(frozen=True)
class Edition:
    """One release in the catalogue; `attacked`: whether what attacks a release was repelled before it was put here."""

    id: str
    data_as_of: date
    grid_version: str
    deliveries: int
    state: State
    published_on: date | None
    attacked: bool

    @property
    def is_published(self) -> bool:
        """Whether it is the one that pages show."""
        return self.state == "publiée"


def editions(releases: Path) -> list[Edition]:
    """Every release of the folder, oldest first."""
    pointed: dict[str | None, State] = {_id(candidate, releases): "candidate", _id(published, releases): "publiée"}
    dates = {each.edition: each.le for each in acts(releases) if each.acte == "publication"}
    replaced: dict[str | None, State] = dict.fromkeys(dates, "remplacée")
    manifests = [json.loads(path.read_text(encoding="utf-8")) for path in releases.glob("*-*.json")]
    found = [_edition(each, replaced | pointed, dates) for each in manifests]
    return sorted(found, key=lambda edition: (edition.data_as_of, edition.id))


def named(releases: Path, prefix: str) -> Edition:
    """The edition whose id is, or alone begins with, `prefix`. Raises ReleaseError if none or several do."""
    every = editions(releases)
    matching = [each for each in every if each.id == prefix] or [each for each in every if each.id.startswith(prefix)]
    if len(matching) != 1:
        found = "Plusieurs éditions commencent" if matching else "Aucune édition ne commence"
        raise ReleaseError(
            f"{found} par « {prefix} ».",
            place=str(releases),
            remedy="« spro release list » donne l'identifiant de chacune.",
        )
    return matching[0]


def told(releases: Path, edition: str) -> dict[str, str]:
    """The manifest of an edition as filed beside it: the rows of reference.edition, and its file's fingerprint."""
    manifest: dict[str, str] = json.loads((releases / f"{edition}.json").read_text(encoding="utf-8"))
    return manifest


def _edition(manifest: dict[str, Any], states: dict[str | None, State], dates: dict[str, date]) -> Edition:
    name = manifest["release_id"]
    return Edition(
        id=name,
        data_as_of=date.fromisoformat(manifest["donnees_du"]),
        grid_version=manifest["version"],
        deliveries=int(manifest["livraisons"]),
        state=states.get(name, "jamais publiée"),
        published_on=dates.get(name),
        attacked="attaque" in manifest,
    )


def _id(pointed: Callable[[Path], Release], releases: Path) -> str | None:
    try:
        return pointed(releases).id
    except ReleaseError:
        return None
