"""What a network's own indicators tell in place of a measure that the network does not deliver: rows of counts like others.

Only the equivalences that stand in (`grids.equivalences`), only values of a structure with their base: y is the value times
the base, rounded, so that a mean and a range come from it as from any count. A row says its degree, `identique` or `proche`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb
import polars as pl

from grids.equivalences import load_equivalences
from grids.model import Grid

_COLUMNS = {
    "mesure_id": pl.String, "base_id": pl.String, "genre": pl.String, "reseau": pl.String,
    "indicateur_reseau": pl.String, "definition_version": pl.String, "degre": pl.String, "rang": pl.Int32,
}  # fmt: skip


def stand_in(connection: duckdb.DuckDBPyConnection, grids: Sequence[Grid]) -> None:
    """Add, to `comptes_structures`, the rows that networks' own indicators tell, under the version in force at the time.

    Called once every version is counted, years included. Reads the warehouse's `indicateurs_reseau` and `structures`, and
    the registers `periodes`, `bases`, `refus`, and `remplacees_reglees`, what stood in for quarters published before. A
    measure that the network has counted itself in the period is left alone; records that never hold the item give way to
    what its indicator says; what a network declines stays untold. A year is the sum of its four quarters where all four are
    told, else the year as the network gives it.

    Raises GridError if a catalogue says something that cannot be.
    """
    connection.execute(_NOTHING_SETTLED)
    frame = pl.DataFrame(list(_standing(grids)), schema=_COLUMNS, orient="row")
    connection.register("remplacements", frame.to_arrow())
    connection.execute(f"CREATE TEMP TABLE remplacees AS {_ROWS}")
    connection.execute(f"DELETE FROM comptes_structures AS comptes WHERE n = 0 AND EXISTS ({_TOLD_INSTEAD})")
    connection.execute("INSERT INTO comptes_structures BY NAME FROM remplacees")
    connection.execute("DROP TABLE remplacees")
    connection.unregister("remplacements")


def _standing(grids: Sequence[Grid]) -> Iterator[tuple[object, ...]]:
    """Each measure of each version, with the network, indicator and version of its definition that may stand in for it."""
    for grid in grids:
        measures = {measure_id: measure for measure_id, _, measure in grid.measures()}
        for catalogue in load_equivalences(grid, grids):
            for indicator, each in catalogue.pairs():
                measure_id = f"{each.measure}@{grid.version}"
                if each.stands_in and measure_id in measures:
                    measure = measures[measure_id]
                    told = (
                        measure_id,
                        grid.base_id(measure.base),
                        measure.kind,
                        catalogue.source,
                        indicator.code,
                    )
                    yield from ((*told, version, each.degree, rank) for rank, version in enumerate(indicator.versions))


_NOTHING_SETTLED = "CREATE TABLE IF NOT EXISTS remplacees_reglees AS FROM comptes_structures LIMIT 0"
_ROWS = """
WITH livrees AS (     -- [measure × structure × period], the latest version of the definition first
  SELECT mesure_id, base_id, genre, unite_id AS structure_id, reseau, pas, debut, degre, valeur, base
  FROM indicateurs_reseau JOIN remplacements USING (reseau, indicateur_reseau, definition_version)
  SEMI JOIN structures ON structures.structure_id = unite_id AND structures.reseau = indicateurs_reseau.reseau
  ANTI JOIN refus ON refus.reseau = indicateurs_reseau.reseau AND refus.indicateur_id = split_part(mesure_id, '.', 1)
  WHERE niveau = 'structure' AND pas IN ('trimestre', 'annee') AND base > 0 AND valeur BETWEEN 0 AND 1
  QUALIFY row_number() OVER (PARTITION BY mesure_id, unite_id, pas, debut ORDER BY rang DESC) = 1
),
comptees AS (         -- what was published stays as it was told then
  SELECT * EXCLUDE (valeur, base), CAST(round(valeur * base) AS BIGINT) AS y, base AS n FROM livrees
  ANTI JOIN (FROM periodes WHERE NOT nouvelle) AS publiees USING (pas, debut)
  UNION ALL BY NAME
  SELECT mesure_id, base_id, genre, structure_id, reseau, pas, debut, provenance AS degre, y, n FROM remplacees_reglees
),
annees AS (
  SELECT * REPLACE ('annee' AS pas, CAST(date_trunc('year', debut) AS DATE) AS debut) FROM comptees WHERE pas = 'trimestre'
),
sommees AS (
  SELECT mesure_id, base_id, genre, structure_id, reseau, pas, debut, any_value(degre) AS degre,
    CAST(sum(y) AS BIGINT) AS y, sum(n) AS n
  FROM annees GROUP BY ALL HAVING count(*) = 4
),
toutes AS (
  SELECT * FROM comptees WHERE pas = 'trimestre'
  UNION ALL BY NAME SELECT * FROM sommees
  UNION ALL BY NAME
  SELECT * FROM comptees ANTI JOIN sommees USING (mesure_id, structure_id, pas, debut) WHERE pas = 'annee'
)
SELECT mesure_id, base_id, genre, structure_id, reseau, pas, debut, '' AS ventilation, '' AS modalite,
  '' AS groupe, '' AS categorie, y, n, n AS applicables, degre AS provenance
FROM toutes
SEMI JOIN periodes USING (pas, debut)
SEMI JOIN bases ON bases.base_id = toutes.base_id AND bases.pas = toutes.pas AND toutes.debut >= bases.debut
  AND toutes.debut <= coalesce(bases.fin, toutes.debut)
ANTI JOIN (SELECT DISTINCT mesure_id, reseau, pas, debut FROM comptes_structures WHERE n > 0 AND ventilation = '')
  USING (mesure_id, reseau, pas, debut)
"""

_TOLD_INSTEAD = """
FROM remplacees AS dites
WHERE dites.mesure_id = comptes.mesure_id AND dites.structure_id = comptes.structure_id
  AND dites.pas = comptes.pas AND dites.debut = comptes.debut
"""
