"""Small frames in the columns of a release: what a test does not say stands at something ordinary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl

SHARE, DAYS = "OR05.rendue@2025.1", "OR02.rendue@2025.1"
MONTHS = [date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]

VALUES: dict[str, Any] = {
    "mesure_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date,
    "categorie": pl.String, "agregation": pl.String, "etat": pl.String, "raison": pl.String, "valeur": pl.Int32,
    "basse": pl.Int32, "haute": pl.Int32, "assise": pl.String,
}  # fmt: skip
MEASURES: dict[str, Any] = {
    "mesure_id": pl.String, "genre": pl.String, "unite": pl.String, "sens": pl.String, "seuil": pl.Int32,
    "suite_de": pl.String,
}  # fmt: skip
CATEGORIES: dict[str, Any] = {"mesure_id": pl.String, "categorie": pl.String, "favorable": pl.Boolean}
EVENTS: dict[str, Any] = {
    "niveau": pl.String, "unite_id": pl.String, "mesure": pl.String, "mois": pl.Date, "nature": pl.String,
    "raison": pl.String, "auteur": pl.String,
}  # fmt: skip

PERIODS = pl.DataFrame(
    [
        *(("mois", each) for each in MONTHS),
        *(("trimestre", each) for each in MONTHS if each.month % 3 == 1),
        *(("annee", each) for each in MONTHS if each.month == 1),
    ],
    schema={"pas": pl.String, "debut": pl.Date},
    orient="row",
)


def cells(shown: Sequence[int | None], bands: Sequence[str] = ("20-49",), **told: Any) -> list[dict[str, Any]]:
    """One cell of quality.valeurs a month from January 2024 on; None is a hidden one. `bands`: taken in turn."""
    ordinary = {
        "mesure_id": SHARE, "niveau": "structure", "unite_id": "IJ-0003", "pas": "mois", "categorie": "",
        "agregation": "structure", "raison": None,
    }  # fmt: skip
    return [
        {
            **ordinary,
            "debut": debut,
            "etat": "masque" if value is None else "ok",
            "valeur": value,
            "assise": None if value is None else bands[place % len(bands)],
            **told,
        }
        for place, (debut, value) in enumerate(zip(MONTHS, shown, strict=False))
    ]


def values(*rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """quality.valeurs."""
    return pl.DataFrame([row for each in rows for row in each], schema=VALUES)


def measures(*rows: dict[str, Any]) -> pl.DataFrame:
    """reference.mesures: shares that should rise, without a threshold."""
    ordinary = {"genre": "part", "unite": "%", "sens": "plus", "seuil": None, "suite_de": None}
    return pl.DataFrame([ordinary | row for row in rows], schema=MEASURES)


def categories(*rows: tuple[str, str, bool]) -> pl.DataFrame:
    """reference.categories."""
    return pl.DataFrame(rows, schema=CATEGORIES, orient="row")


def events(*rows: dict[str, Any]) -> pl.DataFrame:
    """quality.evenements: new references of every measure of IJ-0003."""
    ordinary = {
        "niveau": "structure", "unite_id": "IJ-0003", "mesure": "", "nature": "nouveau_repere", "raison": "créneaux courts",
        "auteur": "la responsable",
    }  # fmt: skip
    return pl.DataFrame([ordinary | row for row in rows], schema=EVENTS)
