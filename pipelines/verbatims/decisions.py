"""What a reader decided of each comment, under `verbatims/` of the data folder: ids, words, days; never a word of a comment."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipelines.home import Home, aside, put_in_place
from pipelines.receipt import PRIVATE_FILE, PRIVATE_FOLDER

PUBLISHABLE: Literal["publiable"] = "publiable"
DISCARDED: Literal["ecarte"] = "ecarte"


class Decision(BaseModel):
    """What was decided, when, and which words are masked, by their places in the comment."""

    model_config = ConfigDict(frozen=True)
    decision: Literal["publiable", "ecarte"]
    le: date
    mots_masques: tuple[int, ...] = ()


def read_decisions(home: Home) -> dict[str, Decision]:
    """Every decision by the comment's id."""
    path = _path(home)
    if not path.is_file():
        return {}
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {comment: Decision.model_validate(each) for comment, each in stored.items()}


def write_decisions(home: Home, decisions: dict[str, Decision]) -> None:
    """Store every decision, whole or not at all, for the owner of the data folder alone."""
    path = _path(home)
    built = aside(path)
    path.parent.chmod(PRIVATE_FOLDER)
    built.touch(mode=PRIVATE_FILE)
    content = {comment: each.model_dump(mode="json") for comment, each in sorted(decisions.items())}
    built.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    put_in_place(built, path)


def _path(home: Home) -> Path:
    return home.root / "verbatims" / "decisions.json"
