"""From the wide pass to rows: each measure as `comptes_fins`, every category that it may take, 0 included."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from grids.model import Grid
from pipelines.counting.one_pass import Cell, Pass
from pipelines.counting.registers import fill
from pipelines.staging import quoted


def count_pass(connection: duckdb.DuckDBPyConnection, grid: Grid, wide: Pass) -> None:
    """Run a pass and add what it counted to `comptes_fins`."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE passe AS {wide.sql}")
    for days, unfolded in ((False, _CATEGORIES), (True, _DAYS)):
        cells = [cell for cell in wide.cells if cell.days == days]
        if cells:
            _describe(connection, grid, cells)
            connection.execute(unfolded.format(cellules=_cells_sql(cells)))


def _describe(connection: duckdb.DuckDBPyConnection, grid: Grid, cells: Sequence[Cell]) -> None:
    """The table `cellules`: what each cell of the wide rows stands for, by its rank."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE cellules (rang INTEGER, mesure_id VARCHAR, indicateur_id VARCHAR, base_id VARCHAR, "
        "genre VARCHAR, groupe VARCHAR, categorie VARCHAR)"
    )
    described = [
        (each.measure.measure_id, each.measure.indicator_id, grid.base_id(each.measure.base), each.measure.kind)
        for each in cells
    ]
    fill(
        connection,
        "cellules",
        [(rank, *told, cells[rank].group, cells[rank].category) for rank, told in enumerate(described)],
    )


def _cells_sql(cells: Sequence[Cell]) -> str:
    """The wide rows as one row a cell, with its rank."""

    def listed(columns: Sequence[str]) -> str:
        return f"unnest([{', '.join(map(quoted, columns))}])"

    return f"""SELECT structure_id, reseau, pas, debut, reglee, ventilation, modalite,
      unnest(range({len(cells)})) AS rang,
      {listed([each.y for each in cells])} AS y, {listed([each.n for each in cells])} AS n,
      {listed([each.applicable for each in cells])} AS applicables,
      {listed([each.in_base for each in cells])} AS effectif
      FROM passe"""


_CATEGORIES = """
INSERT INTO comptes_fins
SELECT mesure_id, base_id, genre, structure_id, reseau, pas, debut, reglee, ventilation, modalite, groupe, categorie,
  coalesce(y, 0), coalesce(n, 0), coalesce(applicables, 0), 'mesure'
FROM ({cellules}) JOIN cellules USING (rang)
ANTI JOIN refus USING (reseau, indicateur_id)
WHERE effectif > 0 AND NOT (genre = 'part' AND groupe = reseau)   -- a network is no partner of its own
"""
_DAYS = """
-- each number of days met, with those that waited so many; a structure that recorded none has one row
INSERT INTO comptes_fins
WITH lues AS (
  SELECT * EXCLUDE (y), unnest(CASE WHEN len(y) > 0 THEN y ELSE [NULL] END) AS jours
  FROM ({cellules}) JOIN cellules USING (rang)
  ANTI JOIN refus USING (reseau, indicateur_id)
  WHERE effectif > 0
)
SELECT mesure_id, base_id, genre, structure_id, reseau, pas, debut, reglee, ventilation, modalite, groupe,
  CAST(coalesce(jours, 0) AS VARCHAR), count(jours), n, applicables, 'mesure'
FROM lues GROUP BY ALL
"""
