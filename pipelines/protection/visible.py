"""The only way from counts to figures: the cells that may be shown, and the mere keys of those that may not."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import polars as pl

from grids.breakdowns import UNKNOWN
from grids.thresholds import Thresholds
from pipelines.frames import query_frame


@dataclass(frozen=True)
class VisibleCells:
    """What measurement may see, of the periods that this edition publishes first.

    counts: comptes of visible cells, with `structures_attendues` (structures open in the period) and `moyenne_visible` (whether
      the mean of structures may be shown) [measure × level × unit × period × breakdown × modality × groupe × category];
      groupe: '', an item, a partner, 'groupe', 'contre', 'proposes'; ventilation, modalite: '' for all rows;
      provenance: 'mesure', or a network's own indicator that stands in for it ('identique' | 'proche')
    hidden: base_id, niveau, unite_id, pas, debut, ventilation, modalite, etat ('masque' | 'sans_objet')
      [base × level × unit × period × breakdown × modality]; records that do not say are no modality that is told
    data_quality: reseau, pas, debut, controlees, inexactes, incoherentes, portes, attendus, jours, visible [network × year]
    rules: reseau, contrat, colonne, regle, controlees, ecarts [network × table × rule broken]
    """

    counts: pl.DataFrame
    hidden: pl.DataFrame
    data_quality: pl.DataFrame
    rules: pl.DataFrame


def visible_cells(connection: duckdb.DuckDBPyConnection, thresholds: Thresholds) -> VisibleCells:
    """Read what may be shown from a warehouse that is counted and masked."""
    floor = thresholds.persons.value
    return VisibleCells(
        counts=query_frame(connection, _COUNTS),
        hidden=query_frame(connection, _HIDDEN),
        data_quality=query_frame(connection, _DATA_QUALITY, [floor, floor, floor]),
        rules=query_frame(connection, _RULES, [floor]),
    )


_COUNTS = """
WITH ouvertes AS (
  SELECT 'reseau' AS niveau, reseau AS unite_id, actif_du, actif_au FROM structures
  UNION ALL SELECT 'departement', departement, actif_du, actif_au FROM structures WHERE departement IS NOT NULL
  UNION ALL SELECT 'region', 'bretagne', actif_du, actif_au FROM structures
  UNION ALL SELECT 'structure', structure_id, actif_du, actif_au FROM structures
),
attendues AS (
  SELECT niveau, unite_id, pas, debut, count(*) AS structures_attendues
  FROM ouvertes JOIN periodes ON actif_du <= fin AND coalesce(actif_au, fin) >= debut AND nouvelle
  GROUP BY niveau, unite_id, pas, debut
)
SELECT mesure_id, base_id, niveau, unite_id, pas, debut, ventilation, modalite, groupe, categorie, y, n, applicables,
  structures, moyenne, ecart_type, repondue_moyenne, n_effectif, provenance, structures_attendues, moyenne_visible
FROM comptes
JOIN (FROM masque WHERE visible) AS montrees USING (base_id, niveau, unite_id, pas, debut, ventilation, modalite)
JOIN attendues USING (niveau, unite_id, pas, debut)
"""
_HIDDEN = f"""
SELECT base_id, niveau, unite_id, pas, debut, ventilation, modalite,
  CASE WHEN motif = 'sans_objet' THEN 'sans_objet' ELSE 'masque' END AS etat
FROM masque SEMI JOIN (FROM periodes WHERE nouvelle) AS nouvelles USING (pas, debut)
WHERE NOT visible AND modalite <> '{UNKNOWN}'
"""
_DATA_QUALITY = """
SELECT reseau, pas, debut,
  CASE WHEN controlees >= ? THEN controlees END AS controlees, CASE WHEN controlees >= ? THEN inexactes END AS inexactes,
  CASE WHEN controlees >= ? THEN incoherentes END AS incoherentes, portes, attendus, jours
FROM bilan_donnees SEMI JOIN (FROM periodes WHERE nouvelle) AS nouvelles USING (pas, debut)
"""
_RULES = "SELECT * FROM bilan_regles WHERE controlees >= ?"
