"""What a mask costs and hides, on a counted region: each piece on a copy of the region's file, in a process of its own."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from grids.thresholds import Thresholds, load_thresholds
from pipelines.counting.count import roll_up
from pipelines.protection.mask import mask
from tests.scale.counted_region import counted_region
from tests.scale.rolling_up import grid_in_force, with_finest_rows

Timed = tuple[float, dict[str, object]]
_OCCUPIED = """
CREATE TEMP TABLE occupees AS
WITH fines AS (
  SELECT DISTINCT base_id, structure_id, pas, debut, ventilation, modalite FROM comptes_structures
  WHERE n > 0 AND modalite <> 'inconnue'
),
placees AS (
  SELECT *, 'structure' AS niveau, structure_id AS unite_id FROM fines WHERE ventilation = ''
  UNION ALL SELECT fines.*, 'reseau', reseau FROM fines JOIN structures USING (structure_id)
  UNION ALL SELECT fines.*, 'departement', departement FROM fines JOIN structures USING (structure_id)
    WHERE ventilation = '' AND pas = 'annee'
  UNION ALL SELECT *, 'region', 'bretagne' FROM fines
)
SELECT DISTINCT base_id, niveau, unite_id, pas, debut, ventilation, modalite FROM placees;
CREATE TEMP TABLE jugees AS
SELECT masque.*, CASE WHEN fait OR source = 'structures' THEN 'faits' WHEN opinion THEN 'avis' ELSE 'accueils' END AS sujet
FROM masque SEMI JOIN occupees USING (base_id, niveau, unite_id, pas, debut, ventilation, modalite)
JOIN (SELECT DISTINCT base_id, fait, opinion, source FROM bases) AS sujets USING (base_id)
"""
_HIDDEN = """
SELECT sujet, niveau, CASE WHEN ventilation = '' THEN pas ELSE 'ventilation' END AS pas, count(*) AS cases,
  count(*) FILTER (NOT visible) AS cachees, count(*) FILTER (motif IN ('complement', 'avis')) AS complement,
  count(*) FILTER (visible AND NOT moyenne_visible) AS moyennes
FROM jugees GROUP BY ALL
"""
_REASONS = "SELECT motif, count(*) FROM jugees WHERE NOT visible GROUP BY motif ORDER BY motif"
_READ = """
SELECT avg(CAST(lue AS INTEGER)) FROM (
  SELECT unite_id, bool_or(visible) AS lue FROM jugees
  WHERE niveau = 'structure' AND sujet = 'accueils' AND year(debut) = (SELECT max(year(debut)) FROM periodes)
  GROUP BY unite_id)
"""


def region_file(folder: Path, structures: int) -> Path:
    """The file of a region as it is drawn."""
    return folder / f"region-{structures}.duckdb"


def rolled_file(folder: Path, structures: int) -> Path:
    """The file of the same region, added up by counting."""
    return folder / f"rolled-{structures}.duckdb"


def thresholds_at(persons: int) -> Thresholds:
    """The thresholds in force but for the number of persons, the same for every base, and the volumes, in proportion."""
    present = load_thresholds()
    volumes = ("monthly_volume", "quarterly_volume", "yearly_volume")
    scaled = {name: round(getattr(present, name).value * persons / present.persons.value) for name in volumes}
    values = {"persons": persons, **scaled}
    changed = {name: getattr(present, name).model_copy(update={"value": value}) for name, value in values.items()}
    return present.model_copy(update={**changed, "by_base": {}})


def drawn(folder: Path, structures: int) -> Timed:
    """A region of that many structures, three years long, drawn into its file."""
    started = time.perf_counter()
    with duckdb.connect(str(region_file(folder, structures))) as connection:
        counted_region(connection, structures)
        [(rows,)] = connection.execute("SELECT count(*) FROM comptes_structures").fetchall()
    return time.perf_counter() - started, {"rows": rows}


def rolled_up(folder: Path, structures: int) -> Timed:
    """The region's finest rows added up to every step and level, as counting does."""
    path = rolled_file(folder, structures)
    shutil.copy(region_file(folder, structures), path)
    grid, record = grid_in_force()
    with duckdb.connect(str(path)) as connection:
        with_finest_rows(connection)
        started = time.perf_counter()
        roll_up(connection, [grid], [record])
        return time.perf_counter() - started, {}


def masked(folder: Path, structures: int, persons: int) -> Timed:
    """The whole mask; `hidden`: among the cells where somebody is counted, how many are hidden, by subject, level and step."""
    with _copied(region_file(folder, structures)) as connection:
        started = time.perf_counter()
        mask(connection, thresholds_at(persons))
        seconds = time.perf_counter() - started
        connection.execute(_OCCUPIED)
        hidden = connection.execute(_HIDDEN).fetchall()
        [(read,)] = connection.execute(_READ).fetchall()
        reasons = dict(connection.execute(_REASONS).fetchall())
    return seconds, {"hidden": hidden, "reasons": reasons, "read": read}


@contextmanager
def _copied(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A file that may be written to, and is thrown away."""
    copy = path.with_suffix(".copy.duckdb")
    shutil.copy(path, copy)
    try:
        with duckdb.connect(str(copy)) as connection:
            yield connection
    finally:
        copy.unlink()
