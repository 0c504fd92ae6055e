"""Cells in French, as a report names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
from babel.dates import format_date

_LEVELS = {"structure": "structure", "reseau": "réseau", "departement": "département", "region": "région"}


def cell_words(row: Mapping[str, Any]) -> str:
    """« accueils_analyse@2025.1, structure S01, mars 2025, canal telephone » from the row of a cell or of a figure."""
    about = next((row[name] for name in ("mesure_id", "base_id") if row.get(name)), "")
    unit = f"{_LEVELS.get(row['niveau'], row['niveau'])} {row['unite_id']}"
    parts = [about, unit, period_words(row["pas"], row["debut"])]
    if row.get("ventilation"):
        parts.append(f"{row['ventilation']} {row['modalite']}")
    return ", ".join(filter(None, parts))


def period_words(step: str, start: Any) -> str:
    """« mars 2025 », « 1er trimestre 2025 », « 2025 »."""
    if step == "mois":
        return str(format_date(start, "MMMM y", locale="fr"))
    if step == "trimestre":
        quarter = (start.month + 2) // 3
        return f"{quarter}{'er' if quarter == 1 else 'e'} trimestre {start.year}"
    return str(start.year)


def cells_words(rows: pl.DataFrame) -> tuple[str, ...]:
    """The words of each row, each once, in order."""
    return once(cell_words(row) for row in rows.iter_rows(named=True))


def once(words: Iterable[str]) -> tuple[str, ...]:
    """Words without repetition, in order."""
    return tuple(dict.fromkeys(words))
