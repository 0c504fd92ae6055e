"""How far an installation is on the way to its first edition: told by which files are there, never by what is in them."""

from __future__ import annotations

from pathlib import Path

from dashboard import cache
from dashboard.views.installation import FirstSteps, Stage, first_steps
from grids.thresholds import load_thresholds
from pipelines.release.reading import CANDIDATE_POINTER, POINTER

_DELIVERED = ("inbox/*/*", "receipts/*/*.json")


def before_the_first_edition() -> FirstSteps | None:
    """What to do until something is published; None once something is. Raises GridError if the thresholds cannot be read."""
    stage = stage_of(cache.releases_folder().parent)
    if stage is None:
        return None
    thresholds = load_thresholds()
    return first_steps(stage, closing_days=thresholds.closing_days.value, review_days=thresholds.review_days.value)


def stage_of(home: Path) -> Stage | None:
    """The stage of the installation in a data folder; None once something is published."""
    releases = home / "releases"
    if (releases / POINTER).exists():
        return None
    if (releases / CANDIDATE_POINTER).exists():
        return Stage.IN_REVIEW
    delivered = any(path for pattern in _DELIVERED for path in home.glob(pattern))
    return Stage.ARRIVED if delivered else Stage.EMPTY
