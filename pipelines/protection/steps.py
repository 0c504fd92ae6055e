"""The publication step: the finest step at which a unit is shown in a year, fixed from the volume of the year before.

A fixed step makes series without holes, and holes are what a sum gives away (methods, 7.3 and 10).
"""

from __future__ import annotations

import duckdb

from grids.thresholds import Thresholds

RANKS = ("mois", "trimestre", "annee", "aucun")
"""Steps from the finest to none at all."""

_STEPS = """
CREATE TABLE IF NOT EXISTS pas_fixes (base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, annee INTEGER, pas VARCHAR);
-- [base × level × unit × year] the finest step shown; 'aucun' where the unit is not shown at all
CREATE OR REPLACE TABLE pas_publies AS
WITH unites AS (
  SELECT 'structure' AS niveau, structure_id AS unite_id FROM structures
  UNION ALL SELECT DISTINCT 'reseau', reseau FROM structures
  UNION ALL SELECT DISTINCT 'departement', departement FROM structures WHERE departement IS NOT NULL
  UNION ALL SELECT 'region', 'bretagne'
),
connus AS (
  SELECT base_id, 'structure' AS niveau, structure_id AS unite_id, annee, volume FROM volumes
  UNION ALL SELECT base_id, 'reseau', reseau, volumes.annee, sum(volume)
    FROM volumes JOIN structures USING (structure_id) GROUP BY ALL
  UNION ALL SELECT base_id, 'region', 'bretagne', volumes.annee, sum(volume) FROM volumes GROUP BY ALL
),
offerts AS (
  SELECT base_id, niveau, any_value(fait) AS fait, list(DISTINCT list_position($rangs, pas)) AS rangs
  FROM bases GROUP BY base_id, niveau
),
voulus AS (
  SELECT base_id, niveau, unite_id, annees.annee, rangs,
    CASE
      WHEN fait OR niveau = 'departement' THEN 3
      WHEN volume IS NULL THEN CASE niveau WHEN 'structure' THEN 3 WHEN 'reseau' THEN 2 ELSE 1 END
      WHEN volume >= $mois THEN 1
      WHEN volume >= $trimestre OR niveau = 'region' THEN 2
      WHEN volume >= $annee OR niveau = 'reseau' THEN 3
      ELSE 4 END AS rang
  FROM offerts JOIN unites USING (niveau)
  CROSS JOIN (SELECT DISTINCT CAST(year(debut) AS INTEGER) AS annee FROM periodes) AS annees
  LEFT JOIN connus USING (base_id, niveau, unite_id, annee)
)
SELECT base_id, niveau, unite_id, annee,
  coalesce(fixes.pas, $rangs[coalesce(list_min(list_filter(rangs, lambda offert: offert >= rang)), 4)]) AS pas
FROM voulus LEFT JOIN pas_fixes AS fixes USING (base_id, niveau, unite_id, annee)
"""


def create_steps(connection: duckdb.DuckDBPyConnection, thresholds: Thresholds) -> None:
    """Create `pas_publies` (base_id, niveau, unite_id, annee, pas: the finest step shown, 'aucun' for none).

    From `pas_fixes` where an earlier edition of the year fixed it, else from `volumes`: a structure without a volume is new
    and yearly, a network is never below the year, the region never below the quarter. What a base has not falls to coarser.
    """
    create, select = _STEPS.strip().split(";\n", 1)
    connection.execute(create)
    connection.execute(
        select,
        {
            "rangs": list(RANKS),
            "mois": thresholds.monthly_volume.value,
            "trimestre": thresholds.quarterly_volume.value,
            "annee": thresholds.yearly_volume.value,
        },
    )
