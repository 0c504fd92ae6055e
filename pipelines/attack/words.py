"""No column of quality counts people, and no word of a release tells how many there were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from pipelines.attack.report import Finding
from pipelines.frames import query_frame

_COUNTING = {"n", "y", "base", "effectif", "effectifs", "accueils", "reponses", "personnes"}
_NUMBER = re.compile(
    r"(?i)\b\d[\d\s\u202f\u00a0]*(?:accueils?|personnes?|réponses?|usagers?|visites?|répondants?|bénéficiaires?|"
    r"professionnels?|entretiens?|rendez-vous)\b"
)
_LACKING = re.compile(r"(?i)il manque environ [\d\s\u202f\u00a0]*0 réponses")
"""What is lacking, in tens, is worked out from the band, which is told; it says nothing of how many there are."""
_EXEMPT = {
    ("grilles", "definition"), ("grilles", "motif"), ("mesures", "definition"), ("mesures", "detournement"),
    ("mesures", "limite"), ("mesures", "seuil_raison"), ("mesures", "calcul"), ("registre_clauses", "texte"),
    ("registre_clauses", "raison"), ("clauses", "texte"), ("equivalences", "definition"), ("equivalences", "raison"),
}  # fmt: skip
"""Texts of the grid, of the specification and of catalogues: written before anyone was counted."""
_REMEDY = "Retirer ce nombre : rien de ce qui sort ne dit combien de personnes ont été reçues."


def told_counts(path: Path) -> list[Finding]:
    """Columns of quality named after a count, and texts of quality and reference that tell a number of people or receptions."""
    with duckdb.connect(str(path), read_only=True) as connection:
        columns = query_frame(
            connection,
            "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns "
            "WHERE table_schema IN ('quality', 'reference') ORDER BY ALL",
        )
        return [*_columns(columns), *_texts(connection, columns)]


def _columns(columns: pl.DataFrame) -> Iterator[Finding]:
    counting = columns.filter(pl.col("column_name").str.to_lowercase().is_in(_COUNTING), table_schema="quality")
    if counting.height:
        cells = tuple(
            f"quality.{table}.{name}" for table, name in counting.select("table_name", "column_name").iter_rows()
        )
        yield Finding("colonne_effectif", cells, "Une colonne de la qualité porte le nom d'un effectif.", _REMEDY)


def _texts(connection: duckdb.DuckDBPyConnection, columns: pl.DataFrame) -> Iterator[Finding]:
    found = []
    for schema, table, column, kind in columns.iter_rows():
        if kind == "VARCHAR" and (table, column) not in _EXEMPT:
            distinct = connection.sql(
                f'SELECT DISTINCT "{column}" FROM {schema}.{table} {_but_thresholds(table)}'
            ).fetchall()
            found += [
                f"{schema}.{table}.{column} : « {text} »"
                for (text,) in distinct
                if text and _NUMBER.search(_LACKING.sub("", text))
            ]
    if found:
        yield Finding("nombre_dans_un_texte", tuple(sorted(found)), "Un texte dit un nombre de personnes.", _REMEDY)


def _but_thresholds(table: str) -> str:
    return "WHERE cle NOT LIKE 'seuil%'" if table == "edition" else ""
