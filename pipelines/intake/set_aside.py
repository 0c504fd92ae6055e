"""Rows that are no record: blank ones, totals, unfinished questionnaires. Counted, then left."""

from __future__ import annotations

import duckdb

from pipelines.intake.limesurvey import SUBMITTED
from pipelines.intake.recognition import Recognised
from pipelines.staging import quoted

_TOTAL = "^(total|totaux|moyenne|ensemble)\\b"


def set_aside(connection: duckdb.DuckDBPyConnection, recognised: Recognised) -> dict[str, int]:
    """Remove from `brut` what is no record; returns how many rows for each reason, in French."""
    present = [heading for heading in recognised.delivery.kept_headings if recognised.position(heading) is not None]
    reasons = {"vides": _blank(present), "totaux": _total(present, recognised)}
    if recognised.delivery.reader == "limesurvey":
        reasons["inachevés"] = f"{quoted(SUBMITTED)} IS NULL"
    return {reason: _remove(connection, condition) for reason, condition in reasons.items()}


def _blank(headings: list[str]) -> str:
    return " AND ".join(f"{quoted(heading)} IS NULL" for heading in headings)


def _total(headings: list[str], recognised: Recognised) -> str:
    first = min(headings, key=lambda heading: recognised.position(heading) or 0)
    return f"regexp_matches({quoted(first)}, '{_TOTAL}', 'i')"


def _remove(connection: duckdb.DuckDBPyConnection, condition: str) -> int:
    row = connection.execute(f"DELETE FROM brut WHERE {condition}").fetchone()
    return int(row[0]) if row else 0
