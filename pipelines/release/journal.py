"""The journal of a data folder's editions: each time that one became the published one, and why it went back to another."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from grids.errors import ReleaseError
from pipelines.home import write_json
from pipelines.release.reading import published

JOURNAL = "journal.json"


@dataclass(frozen=True)
class Act:
    """What was done on a day: `edition` became the published one; a return left `quittee`, and says why."""

    le: date
    acte: Literal["publication", "retour"]
    edition: str
    quittee: str = ""
    raison: str = ""


def acts(releases: Path) -> tuple[Act, ...]:
    """Every act, oldest first."""
    path = releases / JOURNAL
    told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return tuple(Act(**{**each, "le": date.fromisoformat(each["le"])}) for each in told)


def note(releases: Path, act: Act) -> None:
    """Add an act to the journal."""
    told = [{**asdict(each), "le": each.le.isoformat()} for each in (*acts(releases), act)]
    write_json(releases / JOURNAL, told)


def keep_up(releases: Path, on: date) -> None:
    """Note that the published edition is published, if the journal does not say so yet. Safe to call again."""
    try:
        current = published(releases).id
    except ReleaseError:
        return
    told = acts(releases)
    if not told or told[-1].edition != current:
        note(releases, Act(on, "publication", current))
