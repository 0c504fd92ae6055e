"""An installation in the middle of a review: a candidate edition holds the last year and its last quarter."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb

from .release_fixture import DATA_AS_OF, RELEASE_ID, build_release, publish

FINAL_ON = date(2026, 3, 1)
_REVIEWED = "(pas, debut) IN (('annee', DATE '2025-01-01'), ('trimestre', DATE '2025-10-01'))"
_HELD_BACK = ("reference.periodes", "quality.valeurs")


def build_review(home: Path, *, published: bool = True) -> Path:
    """Write both editions and their pointers under `home`; without `published`, the candidate alone."""
    release = build_release(home)
    candidate = release.with_name(f"{RELEASE_ID}-candidate.duckdb")
    shutil.copy(release, candidate)
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(
            f"UPDATE reference.periodes SET etat = 'candidate', finale_le = DATE '{FINAL_ON}' WHERE {_REVIEWED}"
        )
    with duckdb.connect(str(release)) as connection:
        for table in _HELD_BACK:
            connection.execute(f"DELETE FROM {table} WHERE {_REVIEWED}")
    publish(home, candidate, f"{RELEASE_ID}-candidate", DATA_AS_OF)
    pointer = home / "releases" / "published.json"
    pointer.rename(home / "releases" / "candidate.json")
    if published:
        publish(home, release, RELEASE_ID, DATA_AS_OF)
    return candidate
