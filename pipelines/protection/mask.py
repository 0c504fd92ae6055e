"""The primary rule (methods, 7.4): a cell is shown if enough persons stand behind its smallest answered measure, and if no
one or two structures make it.

First step: complement over linked sums and the attack come with their own issue; `motif` never leaves the warehouse.
"""

from __future__ import annotations

import duckdb

from grids.thresholds import Thresholds

_MASK = """
-- [base × level × unit × closed period] the whole cube, whether or not anything was counted
CREATE TABLE masque AS
WITH unites AS (
  SELECT 'structure' AS niveau, structure_id AS unite_id, actif_du, actif_au FROM structures
  UNION ALL SELECT DISTINCT 'reseau', reseau, NULL, NULL FROM structures
  UNION ALL SELECT 'region', 'bretagne', NULL, NULL
),
cube AS (
  SELECT base_id, niveau, unite_id, pas, debut,
    actif_du > fin OR actif_au < debut AS hors_activite
  FROM bases JOIN unites USING (niveau) CROSS JOIN periodes
)
SELECT base_id, niveau, unite_id, pas, debut,
  CASE
    WHEN hors_activite THEN 'sans_objet'
    WHEN coalesce(n_min_repondu, 0) < $personnes THEN 'seuil'
    WHEN niveau = 'structure' THEN ''
    WHEN niveau = 'region' AND reseaux < $structures THEN 'reseaux'
    WHEN contributrices < $structures THEN 'structures'
    WHEN reste_min < $personnes THEN 'plus_grande'
    WHEN part_max > $part THEN 'part'
    ELSE '' END AS motif,
  motif = '' AS visible
FROM cube LEFT JOIN effectifs USING (base_id, niveau, unite_id, pas, debut)
"""


def mask(connection: duckdb.DuckDBPyConnection, thresholds: Thresholds) -> None:
    """Create the warehouse's table `masque` (base_id, niveau, unite_id, pas, debut, motif, visible)."""
    connection.execute(
        _MASK,
        {
            "personnes": thresholds.persons.value,
            "structures": thresholds.structures.value,
            "part": thresholds.largest_share.value / 100,
        },
    )
