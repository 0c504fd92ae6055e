"""Settling: periods already published count as they were published, whatever their records say today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import duckdb
import polars as pl

from pipelines.frames import query_frame
from pipelines.settled.ledger import filed
from pipelines.staging import text_literal

_CELL = "niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE, ventilation VARCHAR, modalite VARCHAR"


def settle(connection: duckdb.DuckDBPyConnection, folder: Path, published: Path | None) -> None:
    """Put the settled counts in place of the fresh ones, and say what earlier editions showed.

    `folder`: the ledger; `published`: the file of the published release, None before the first. Reads the warehouse's
    `comptes_fins` and `periodes`. Its rows that are `reglee` go to the table `comptes_frais`, and the ledger's take their
    place. Creates `deja_publiees` (base_id, niveau, unite_id, pas, debut, ventilation, modalite, visible, moyenne_visible),
    the cells of the periods that are not `nouvelle`, `pas_fixes` (base_id, niveau, unite_id, annee, pas), and where anything
    is settled `remplacees_reglees`, the rows of comptes_structures that networks' own indicators told of published quarters.

    Raises ReleaseError if the ledger lacks what an edition filed.
    """
    connection.execute(
        f"CREATE TABLE deja_publiees (base_id VARCHAR, {_CELL}, visible BOOLEAN, moyenne_visible BOOLEAN)"
    )
    connection.execute(
        "CREATE TABLE pas_fixes (base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, annee INTEGER, pas VARCHAR)"
    )
    connection.execute("CREATE TABLE comptes_frais AS FROM comptes_fins WHERE reglee")
    connection.execute("DELETE FROM comptes_fins WHERE reglee")
    if published is None:
        return
    counts, steps, standing = filed(folder, _first_editions(connection, published))
    if counts:
        connection.execute(_SETTLED.format(files=_listed(counts)))
        connection.execute(_FIXED.format(files=_listed(steps)))
        connection.execute(f"CREATE TABLE remplacees_reglees AS FROM read_parquet({_listed(standing)})")
    with duckdb.connect(str(published), read_only=True) as release:
        shown = query_frame(release, _SHOWN)
    connection.register("cellules_publiees", shown.to_arrow())
    connection.execute(_ALREADY)
    connection.unregister("cellules_publiees")


def count_late(connection: duckdb.DuckDBPyConnection) -> int:
    """How many receptions and answers, at least, came, changed or went after their period was published; once settled."""
    [(late,)] = connection.execute(_LATE).fetchall()
    return int(late)


def _first_editions(connection: duckdb.DuckDBPyConnection, published: Path) -> dict[int, list[str]]:
    """By year that is still open, the editions that were the first to show one of its periods."""
    with duckdb.connect(str(published), read_only=True) as release:
        named = query_frame(release, "SELECT DISTINCT pas, debut, edition FROM reference.periodes")
    settled = query_frame(connection, "SELECT pas, debut FROM periodes WHERE NOT nouvelle")
    first: dict[int, list[str]] = defaultdict(list)
    editions = (
        named.join(settled, on=["pas", "debut"], how="semi").select(pl.col("debut").dt.year(), "edition").unique()
    )
    for year, edition in editions.sort("debut", "edition").iter_rows():
        first[year].append(edition)
    return dict(first)


def _listed(files: Sequence[Path]) -> str:
    return f"[{', '.join(text_literal(str(path)) for path in files)}]"


_SETTLED = """
-- the modalities of a year are filed by each of its editions: one row, the sum of them
INSERT INTO comptes_fins BY NAME
WITH reglees AS (FROM read_parquet({files}, filename = 'fichier')),
tailles AS (
  SELECT mesure_id, structure_id, pas, debut, ventilation, modalite, groupe,
    CAST(sum(n) AS BIGINT) AS n, CAST(sum(applicables) AS BIGINT) AS applicables
  FROM (
    SELECT DISTINCT mesure_id, structure_id, pas, debut, ventilation, modalite, groupe, n, applicables, fichier FROM reglees)
  GROUP BY ALL
)
SELECT reglees.* EXCLUDE (y, n, applicables, fichier), CAST(sum(reglees.y) AS BIGINT) AS y, tailles.n, tailles.applicables
FROM reglees JOIN tailles USING (mesure_id, structure_id, pas, debut, ventilation, modalite, groupe)
GROUP BY ALL
"""
_FIXED = """
INSERT INTO pas_fixes BY NAME
SELECT base_id, niveau, unite_id, annee, arg_min(pas, fichier) AS pas
FROM read_parquet({files}, filename = 'fichier') GROUP BY base_id, niveau, unite_id, annee
"""
_SHOWN = """
WITH chiffres AS (
  SELECT mesure_id, niveau, unite_id, pas, debut, '' AS ventilation, '' AS modalite, agregation, etat FROM quality.valeurs
  UNION ALL BY NAME
  SELECT mesure_id, niveau, unite_id, pas, debut, ventilation, modalite, agregation, etat FROM quality.ventilations
)
SELECT base_id, niveau, unite_id, pas, debut, ventilation, modalite, bool_or(etat IN ('ok', 'prudence')) AS visible,
  bool_or(etat IN ('ok', 'prudence') AND agregation = 'moyenne_structures') AS moyenne_visible
FROM chiffres JOIN (SELECT mesure_id, base_id FROM reference.mesures) USING (mesure_id)
GROUP BY base_id, niveau, unite_id, pas, debut, ventilation, modalite
"""
_ALREADY = """
INSERT INTO deja_publiees BY NAME
FROM cellules_publiees SEMI JOIN (FROM periodes WHERE NOT nouvelle) AS publiees USING (pas, debut)
"""
_LATE = """
WITH cote_a_cote AS (
  SELECT base_id, structure_id, pas, debut, applicables, 0 AS reglees FROM comptes_frais WHERE ventilation = ''
  UNION ALL
  SELECT base_id, structure_id, pas, debut, 0, applicables FROM comptes_fins WHERE ventilation = '' AND reglee
),
ecarts AS (           -- the widest base of a table holds every record of it
  SELECT source, structure_id, pas, debut, abs(max(applicables) - max(reglees)) AS ecart
  FROM cote_a_cote JOIN (SELECT DISTINCT base_id, source FROM bases) USING (base_id)
  GROUP BY source, structure_id, pas, debut
)
SELECT coalesce(sum(ecart), 0) FROM ecarts
"""
