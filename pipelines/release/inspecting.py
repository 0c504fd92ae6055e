"""What an edition says of itself: its periods and who showed them first, and how much of it is shown."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from pipelines.frames import query_frame
from pipelines.release.plan import written


def periods_by_edition(path: Path) -> dict[str, list[str]]:
    """By edition that was the first to show them, oldest first, the periods of the release at `path`, as people write them."""
    found: dict[str, list[str]] = {}
    with duckdb.connect(str(path), read_only=True) as connection:
        for edition, step, start in connection.execute(_PERIODS).fetchall():
            found.setdefault(edition, []).append(written(step, start))
    return found


def shares_shown(path: Path) -> pl.DataFrame:
    """How many figures there could be, and how many are shown: niveau, pas, chiffres, montres. [level × step]

    What does not apply (a structure that was closed) is not counted.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        return query_frame(connection, _SHARES)


_PERIODS = """
SELECT edition, pas, debut FROM reference.periodes
ORDER BY min(debut) OVER (PARTITION BY edition), edition, list_position(['annee', 'trimestre', 'mois'], pas), debut
"""
_SHARES = """
SELECT niveau, pas, count(*) AS chiffres, count(*) FILTER (montre) AS montres
FROM (
  SELECT mesure_id, niveau, unite_id, pas, debut, bool_or(etat IN ('ok', 'prudence')) AS montre FROM quality.valeurs
  WHERE etat <> 'sans_objet' GROUP BY mesure_id, niveau, unite_id, pas, debut
)
GROUP BY niveau, pas
ORDER BY list_position(['region', 'departement', 'reseau', 'structure'], niveau),
  list_position(['annee', 'trimestre', 'mois'], pas)
"""
