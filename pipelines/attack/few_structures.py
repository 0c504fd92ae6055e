"""What gathers structures, zones d'emploi and practices, must not say what one of them does: who is behind is counted again."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from pipelines.attack.report import Finding
from pipelines.attack.wording import cells_words
from pipelines.frames import query_frame

_SHOWN = "etat IN ('ok', 'prudence') AND niveau = 'structure' AND pas = 'annee' AND valeur IS NOT NULL"
_ZONES = f"""
WITH derriere AS (
  SELECT mesure_id, zone_emploi, debut, categorie, lieux.reseau, count(*) AS nombre
  FROM quality.valeurs JOIN (SELECT unite_id, reseau, zone_emploi FROM reference.unites WHERE niveau = 'structure') AS lieux
    USING (unite_id)
  WHERE {_SHOWN} GROUP BY ALL
),
comptees AS (
  SELECT mesure_id, zone_emploi, debut, categorie, sum(nombre) AS toutes, sum(nombre) - max(nombre) AS sans_un_reseau
  FROM derriere GROUP BY ALL
)
SELECT DISTINCT mesure_id, 'zone d''emploi' AS niveau, zone_emploi AS unite_id, pas, debut
FROM quality.territoires LEFT JOIN comptees USING (mesure_id, zone_emploi, debut, categorie)
WHERE structures < 5 OR coalesce(toutes, 0) < 5 OR coalesce(sans_un_reseau, 0) < 2
ORDER BY ALL
"""
"""Means of fewer than five, or that leave fewer than two to whom takes a network's own away (so, of a single network too)."""
_PRACTICES = f"""
WITH comparees AS (
  SELECT comparees.mesure_id, perimetre, pas, debut, valeurs.mesure_id AS pratique, categorie, count(*) AS nombre
  FROM quality.comparaisons AS comparees
    JOIN (SELECT mesure_id, unite_id, debut, categorie FROM quality.valeurs WHERE {_SHOWN}) AS valeurs USING (debut)
  WHERE comparees.pas = 'annee' AND valeurs.unite_id = structure_id AND valeurs.mesure_id IN (
    SELECT pratique FROM quality.pratiques)
  GROUP BY ALL
)
SELECT DISTINCT mesure_id, 'pratique' AS niveau, pratique AS unite_id, pas, debut
FROM quality.pratiques LEFT JOIN comparees USING (mesure_id, perimetre, pas, debut, pratique, categorie)
WHERE least(structures, autres) < 3 OR structures + autres > coalesce(nombre, 0)
ORDER BY ALL
"""
"""Practices of fewer than three on a side, or of more structures than are compared and show the fact."""
_REMEDY = "Ne montrer que ce qui réunit assez de structures."
_TRIED = {
    "zone_de_peu_de_structures": (
        _ZONES,
        "Le chiffre d'une zone d'emploi repose sur moins de cinq structures, ou n'en laisse pas deux hors d'un réseau.",
    ),
    "pratique_de_peu_de_structures": (
        _PRACTICES,
        "Une pratique parle de moins de trois structures, ou de structures dont elle n'est pas montrée.",
    ),
}


def of_few_structures(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Rows of quality.territoires and quality.pratiques with too few structures behind them, from the release alone."""
    for kind, (query, why) in _TRIED.items():
        bare = query_frame(connection, query)
        if bare.height:
            yield Finding(kind, cells_words(bare), why, _REMEDY)
