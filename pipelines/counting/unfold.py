"""From the wide pass to rows: one measure as `comptes_structures`, every category that it may take, 0 included."""

from __future__ import annotations

from pipelines.counting.compile import MeasureSql, base_column
from pipelines.staging import quoted, text_literal


def unfolded_sql(position: int, each: MeasureSql) -> str:
    """SQL for one measure of the table `passe`, as rows of `comptes_structures`."""
    return _BY_KIND[each.kind](position, each)


def _select(position: int, each: MeasureSql, category: str, count: str, source: str = "") -> str:
    names = ", ".join(text_literal(name) for name in (each.measure_id, each.base, each.kind))
    return f"""SELECT {names}, structure_id, reseau, pas, debut, {category}, {count}, "r:{position}", "a:{position}"
      FROM passe {source} WHERE {quoted(base_column(each.base))} > 0"""


def _share(position: int, each: MeasureSql) -> str:
    return _select(position, each, "''", f"\"y:{position}\"['']")


def _distribution(position: int, each: MeasureSql) -> str:
    """Each category of the grid, then the favourable side where there is one."""
    mine = f"mesure_id = {text_literal(each.measure_id)}"
    count = f'coalesce("y:{position}"[categorie], 0)'
    codes = f"(SELECT list(categorie) FROM categories WHERE favorable AND {mine})"
    favourable = f'list_sum(list_transform({codes}, lambda code: coalesce("y:{position}"[code], 0)))'
    by_category = _select(position, each, "categorie", count, f"JOIN categories ON categories.{mine}")
    together = _select(position, each, "'favorable'", f"coalesce({favourable}, 0)")
    return f"{by_category} UNION ALL {together} AND EXISTS (FROM categories WHERE favorable AND {mine})"


def _cumulated(position: int, each: MeasureSql) -> str:
    """Each number of days met, with the receptions that waited at most that; a structure that recorded none has one row."""
    days = f""", unnest(coalesce(map_keys("y:{position}"), ['0'])) AS rencontres(jours)"""
    select = _select(position, each, "jours", f'coalesce(sum("y:{position}"[jours]) OVER jusque_la, 0)', days)
    return f"{select} WINDOW jusque_la AS (PARTITION BY structure_id, pas, debut ORDER BY CAST(jours AS INTEGER))"


_BY_KIND = {"part": _share, "repartition": _distribution, "quantiles": _cumulated}
