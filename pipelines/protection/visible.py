"""The only way from counts to figures: the cells that may be shown, and the mere keys of those that may not."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import polars as pl

from grids.thresholds import Thresholds
from pipelines.frames import query_frame


@dataclass(frozen=True)
class VisibleCells:
    """What measurement may see.

    counts: comptes of visible cells, with `structures_attendues` (structures open in the period)
      [measure × level × unit × period × groupe × category]; groupe: '', an item, a partner, 'groupe', 'contre', 'proposes';
      provenance: 'mesure', or a network's own indicator that stands in for it ('identique' | 'proche')
    hidden: base_id, niveau, unite_id, pas, debut, etat ('masque' | 'sans_objet') [base × level × unit × period]
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
  SELECT 'reseau' AS niveau, reseau AS unite_id, * EXCLUDE (reseau) FROM structures
  UNION ALL SELECT 'region', 'bretagne', * EXCLUDE (reseau) FROM structures
  UNION ALL SELECT 'structure', structure_id, * EXCLUDE (reseau) FROM structures
),
attendues AS (
  SELECT niveau, unite_id, pas, debut, count(*) AS structures_attendues
  FROM ouvertes JOIN periodes ON actif_du <= fin AND coalesce(actif_au, fin) >= debut
  GROUP BY niveau, unite_id, pas, debut
)
SELECT mesure_id, base_id, niveau, unite_id, pas, debut, groupe, categorie, y, n, applicables,
  structures, moyenne, ecart_type, n_effectif, provenance, structures_attendues
FROM comptes
SEMI JOIN (FROM masque WHERE visible) AS montrees USING (base_id, niveau, unite_id, pas, debut)
JOIN attendues USING (niveau, unite_id, pas, debut)
"""
_HIDDEN = """
SELECT base_id, niveau, unite_id, pas, debut, CASE WHEN motif = 'sans_objet' THEN 'sans_objet' ELSE 'masque' END AS etat
FROM masque WHERE NOT visible
"""
_DATA_QUALITY = """
SELECT reseau, pas, debut,
  CASE WHEN controlees >= ? THEN controlees END AS controlees, CASE WHEN controlees >= ? THEN inexactes END AS inexactes,
  CASE WHEN controlees >= ? THEN incoherentes END AS incoherentes, portes, attendus, jours
FROM bilan_donnees
"""
_RULES = "SELECT * FROM bilan_regles WHERE controlees >= ?"
