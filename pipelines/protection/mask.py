"""The primary rule (methods, 7.4 and 10): a cell is shown if enough persons stand behind its smallest answered measure, and
if no one or two structures make it. A fact of organisation speaks of no person: a structure reads its own, and a network or
the region is shown from three structures on.

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
couvertes AS (             -- the periods of a base: those of its version, and those in which an older one is still answered
  SELECT base_id, bases.pas, periodes.debut FROM bases JOIN periodes
    ON periodes.pas = bases.pas AND periodes.debut >= bases.debut AND periodes.debut <= coalesce(bases.fin, periodes.debut)
  UNION SELECT base_id, pas, debut FROM effectifs SEMI JOIN bases USING (base_id, pas)
),
cube AS (
  SELECT base_id, niveau, unite_id, pas, debut, fait,
    actif_du > periodes.fin OR actif_au < debut AS hors_activite
  FROM (SELECT DISTINCT base_id, niveau, pas, fait FROM bases)
  JOIN couvertes USING (base_id, pas) JOIN periodes USING (pas, debut) JOIN unites USING (niveau)
)
SELECT base_id, niveau, unite_id, pas, debut,
  CASE
    WHEN hors_activite THEN 'sans_objet'
    WHEN fait THEN
      CASE WHEN coalesce(contributrices, 0) >= CASE niveau WHEN 'structure' THEN 1 ELSE $structures END THEN ''
        ELSE 'structures' END
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
    """Create the warehouse's table `masque` (base_id, niveau, unite_id, pas, debut, motif, visible).

    The cube is that of `bases` (base_id, niveau, pas, fait, debut, fin): at each level and step of a base, every unit, in the
    closed periods that start while its version is in force, and in those where `effectifs` says something of it.
    """
    connection.execute(
        _MASK,
        {
            "personnes": thresholds.persons.value,
            "structures": thresholds.structures.value,
            "part": thresholds.largest_share.value / 100,
        },
    )
