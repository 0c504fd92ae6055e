"""The reading side of a release: all that the dashboard may import from the pipelines, with `flags`.

A release is an immutable DuckDB file; `published.json` beside it says which one is published, `candidate.json` which one the
networks read again, if any. Each release has a path of its own, since DuckDB keeps serving the old content of a path that a
process already holds open.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from grids.errors import ReleaseError

POINTER, CANDIDATE_POINTER = "published.json", "candidate.json"


@dataclass(frozen=True)
class Release:
    """A release that can be opened: its id, its file, the fingerprint of that file, the date of its data."""

    id: str
    path: Path
    fingerprint: str
    data_as_of: date


def published(releases: Path) -> Release:
    """The release that the pointer in the folder `releases` names.

    Raises ReleaseError if nothing is published yet or the file is gone.
    """
    return _pointed(releases / POINTER, "Aucune édition n'est publiée.")


def candidate(releases: Path) -> Release:
    """The release that the networks read again before it is published.

    Raises ReleaseError if there is none or the file is gone.
    """
    return _pointed(releases / CANDIDATE_POINTER, "Aucune édition candidate n'est en relecture.")


def open_release(release: Release) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the release's file."""
    return duckdb.connect(str(release.path.resolve()), read_only=True)


def _pointed(pointer: Path, absent: str) -> Release:
    try:
        told = json.loads(pointer.read_text(encoding="utf-8"))
        release = Release(
            id=told["release_id"],
            path=pointer.with_name(told["fichier"]),
            fingerprint=told["empreinte"],
            data_as_of=date.fromisoformat(told["donnees_du"]),
        )
    except FileNotFoundError:
        raise ReleaseError(absent, remedy="Lancez « spro build ».") from None
    except (KeyError, ValueError) as error:
        raise ReleaseError(
            "Le pointeur d'édition est illisible.", place=str(pointer), remedy="Relancez « spro build »."
        ) from error
    if not release.path.is_file():
        raise ReleaseError(
            f"Le fichier de l'édition {release.id} a disparu.",
            place=str(release.path),
            remedy="Relancez « spro build ».",
        )
    return release
