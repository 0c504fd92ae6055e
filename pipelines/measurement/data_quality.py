"""Rates of data quality by network and year, and the word for each: correctness, completeness, consistency, timeliness."""

from __future__ import annotations

import math
from typing import Any

import polars as pl

SOLID, WATCHED = 95, 80
"""Whole percents from which a rate is called solid, or to be watched."""
IN_TIME, LATE = 45, 90
"""Days after the end of the period up to which a delivery is in time (the closing), or to be watched."""

COLUMNS = {
    "reseau": pl.String, "pas": pl.String, "debut": pl.Date, "dimension": pl.String,
    "etat": pl.String, "valeur": pl.Int32, "mot": pl.String,
}  # fmt: skip


def data_quality(balances: pl.DataFrame) -> pl.DataFrame:
    """The rows of quality.donnees (COLUMNS) from `VisibleCells.data_quality`. [network × year × dimension]"""
    rows = [row for balance in balances.iter_rows(named=True) for row in _dimensions(balance)]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def broken_rules(rules: pl.DataFrame) -> pl.DataFrame:
    """reseau, contrat, colonne, regle, part_conforme: whole percent of rows that keep the rule, rounded down.

    `rules`: `VisibleCells.rules`. [network × table × rule broken]
    """
    kept = 100 * (1 - pl.col("ecarts") / pl.col("controlees"))
    return rules.select("reseau", "contrat", "colonne", "regle", part_conforme=kept.floor().clip(0, 99).cast(pl.Int32))


def _dimensions(balance: dict[str, Any]) -> list[dict[str, Any]]:
    checked = balance["controlees"]
    rates = {
        "exactitude": _rate(checked, balance["inexactes"]),
        "coherence": _rate(checked, balance["incoherentes"]),
        "completude": _rate(balance["attendus"], (balance["attendus"] or 0) - (balance["portes"] or 0)),
    }
    key = {name: balance[name] for name in ("reseau", "pas", "debut")}
    rows = [key | _stated(dimension, rate if checked else None, _rate_word) for dimension, rate in rates.items()]
    return [*rows, key | _stated("delai", _whole(balance["jours"]) if checked else None, _delay_word)]


def _rate(total: int | None, lacking: int | None) -> int | None:
    """Whole percent that does not lack, rounded down so that a defect always shows."""
    return math.floor(100 * (total - (lacking or 0)) / total) if total else None


def _whole(days: float | None) -> int | None:
    return None if days is None else round(days)


def _stated(dimension: str, value: int | None, word: Any) -> dict[str, Any]:
    if value is None:
        return {"dimension": dimension, "etat": "masque", "valeur": None, "mot": None}
    return {"dimension": dimension, "etat": "ok", "valeur": value, "mot": word(value)}


def _rate_word(value: int) -> str:
    return "solide" if value >= SOLID else "a_surveiller" if value >= WATCHED else "a_reprendre"


def _delay_word(value: int) -> str:
    return "solide" if value <= IN_TIME else "a_surveiller" if value <= LATE else "a_reprendre"
