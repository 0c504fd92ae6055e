"""Measures as sentences need them, from reference.mesures and reference.categories."""

from __future__ import annotations

from typing import Any

import polars as pl

from pipelines.sentences.nouns import counted_noun
from pipelines.sentences.situation import Category, Measure


def read_measures(measures: pl.DataFrame, categories: pl.DataFrame) -> dict[str, Measure]:
    """Measure id → measure, of every version."""
    known: dict[str, list[Category]] = {}
    for row in categories.sort("mesure_id", "ordre").iter_rows(named=True):
        known.setdefault(row["mesure_id"], []).append(Category(row["categorie"], row["libelle"], row["favorable"]))
    return {
        row["mesure_id"]: _measure(row, tuple(known.get(row["mesure_id"], ())))
        for row in measures.iter_rows(named=True)
    }


def _measure(row: dict[str, Any], categories: tuple[Category, ...]) -> Measure:
    return Measure(
        id=row["mesure_id"],
        indicator=row["indicateur"],
        criterion=row["critere_libelle"],
        genre=row["genre"],
        nature=row["nature"],
        label=row["libelle"],
        noun=counted_noun(row["base_libelle"], row["base_table"]),
        base_label=row["base_libelle"],
        base_table=row["base_table"],
        sens=row["sens"],
        unit=row["unite"],
        is_fact=row["fait_d_organisation"],
        precedente=row["precedente"],
        continues=row["suite_de"],
        threshold=row["seuil"],
        categories=categories,
    )
