"""The columns of its own that a questionnaire tool adds: a reference and a date that answers need, the rest left."""

from __future__ import annotations

from pipelines.intake.drafting.seen import SeenTable
from pipelines.intake.survey_headings import is_unfinished_column, other_names, technical

_REFERENCES = ("id", "SID", "Submission ID", "Serial", "Serial number")


def left_aside(seen: SeenTable) -> frozenset[str]:
    """The headings of the tool's own columns that answer nothing."""
    if seen.reader == "csv":
        return frozenset()
    reference = next((name for name in _REFERENCES if name in seen.headings), None)
    return frozenset(technical(seen.headings)) - {reference, is_unfinished_column(seen.headings)}


def names_of(seen: SeenTable) -> dict[str, tuple[str, ...]]:
    """Heading → other names by which it goes: the option alone, where a tool writes its question before it."""
    return {heading: (short,) for short, heading in other_names(seen.headings).items()}
