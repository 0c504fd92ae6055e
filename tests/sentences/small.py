"""Small frames with the columns of a release, from the rows that a test names."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

import pipelines.release
from pipelines.frames import query_frame
from pipelines.sentences.evidence import Analyses
from pipelines.sentences.stage import sentences

Row = dict[str, Any]
SCHEMAS = Path(pipelines.release.__file__).parent / "schema"
YEAR, LAST_YEAR = date(2025, 1, 1), date(2024, 1, 1)
TABLES = {
    "series": "quality.series",
    "views": "quality.regards",
    "comparisons": "quality.comparaisons",
    "decompositions": "quality.decompositions",
    "actions": "quality.actions",
    "effects": "quality.effets",
    "criteria": "quality.criteres",
}
UNITS: list[Row] = [
    {"niveau": "region", "unite_id": "bretagne", "nom": "Bretagne"},
    {"niveau": "reseau", "unite_id": "cio", "nom": "CIO", "reseau": "cio"},
    *(
        {"niveau": "structure", "unite_id": f"CIO-{rank}", "nom": f"CIO de la ville {rank}", "reseau": "cio"}
        for rank in range(1, 6)
    ),
]
MEASURE: Row = {
    "mesure_id": "A.percue@2025.1",
    "indicateur": "Demande bien comprise",
    "critere_libelle": "Comprendre la demande",
    "genre": "part",
    "nature": "percue",
    "base_libelle": "personnes ayant répondu juste après l'accueil",
    "base_table": "reponses",
    "fait_d_organisation": False,
    "sens": "plus",
    "unite": "%",
    "libelle": "Personnes qui disent que leur demande a été bien comprise",
}
CELL: Row = {
    "mesure_id": "A.percue@2025.1",
    "niveau": "region",
    "unite_id": "bretagne",
    "pas": "annee",
    "debut": YEAR,
    "categorie": "",
    "agregation": "moyenne_structures",
    "etat": "ok",
}


class Told(NamedTuple):
    """The three sentences."""

    fact: str
    solidity: str
    question: str


@cache
def empty(table: str) -> pl.DataFrame:
    """A table of the release, without rows."""
    with duckdb.connect() as connection:
        for name in ("reference", "quality", "analyses"):
            connection.execute((SCHEMAS / f"{name}.sql").read_text(encoding="utf-8"))
        return query_frame(connection, f"SELECT * FROM {table}")


def frame(table: str, rows: list[Row]) -> pl.DataFrame:
    """Rows of a table of the release; what a row does not name is null."""
    schema = empty(table).schema
    unknown = {name for row in rows for name in row} - set(schema)
    assert not unknown, unknown
    return pl.DataFrame([{**dict.fromkeys(schema), **row} for row in rows], schema=schema, orient="row")


def told(
    cells: list[Row], measures: list[Row] | None = None, categories: list[Row] | None = None, **analyses: list[Row]
) -> pl.DataFrame:
    """The stage on rows that stand on CELL, MEASURE and nothing else. `analyses`: rows by the name of Analyses."""
    return sentences(
        frame("quality.valeurs", [CELL | each for each in cells]),
        frame("reference.mesures", [MEASURE | each for each in measures or [{}]]),
        frame(
            "reference.categories",
            [{"favorable": False, "ordre": rank} | each for rank, each in enumerate(categories or [])],
        ),
        frame("reference.unites", UNITS),
        Analyses(**{name: frame(table, analyses.get(name, [])) for name, table in TABLES.items()}),
    )


def one(told_frame: pl.DataFrame, **key: Any) -> Told:
    """The sentences of the one row that a key names."""
    rows = told_frame.filter(**key) if key else told_frame
    assert len(rows) == 1, rows
    return Told(*rows.select("fait", "solidite", "question").row(0))
