"""Rows that are no record: blank ones, totals, unfinished questionnaires. Counted, then left."""

from __future__ import annotations

from pipelines.intake.canonical import trimmed_sql
from pipelines.intake.recognition import Recognised
from pipelines.intake.sources import kept_positions
from pipelines.staging import quoted

_TOTAL = "^\\s*(total|totaux|moyenne|ensemble)\\b"
UNANSWERED = "sans réponse"


def set_aside_sql(recognised: Recognised, unfinished: str | None) -> str:
    """SQL for why a row is no record, in French, NULL if it is one. `unfinished`: the column empty until submission."""
    kept = kept_positions(recognised)
    # A prepared line holds defaults: it is blank as long as nothing that has none is filled in.
    told = [heading for heading, _ in kept if heading in recognised.delivery.telling] or [
        heading for heading, _ in kept
    ]
    cells = ", ".join(quoted(heading) for heading in told)
    # The first cell that holds something nearly always settles it; only then are all of them put together.
    blank = f"coalesce({trimmed_sql(f'coalesce({cells})')}, '') = '' AND {trimmed_sql(f'concat({cells})')} = ''"
    first = min(kept, key=lambda each: each[1])[0]
    cases = [(blank, "vides"), (f"regexp_matches({quoted(first)}, '{_TOTAL}', 'i')", "totaux")]
    if unfinished is not None:
        cases.append((f"coalesce({trimmed_sql(quoted(unfinished))}, '') = ''", "inachevés"))
    return "CASE " + " ".join(f"WHEN {condition} THEN '{reason}'" for condition, reason in cases) + " END"
