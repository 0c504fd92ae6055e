"""Attendance under protection: a sum is shown only with all its parts, so that no part can be worked out by subtraction."""

from __future__ import annotations

import duckdb
import polars as pl

from grids.thresholds import Thresholds
from pipelines.frames import query_frame

_CELLS = """
WITH fines AS (               -- a network counts by structure, or as a whole: never both added up
  SELECT *, count(*) FILTER (niveau = 'structure') OVER (PARTITION BY reseau) > 0 AS par_structure FROM frequentation
),
retenues AS (
  SELECT * FROM fines WHERE (niveau = 'structure') = par_structure
  -- months, quarters and a year of the same receptions are not added up either: the finest step of each year counts
  QUALIFY list_position(['mois', 'trimestre', 'annee'], pas)
    = min(list_position(['mois', 'trimestre', 'annee'], pas)) OVER (PARTITION BY reseau, year(debut))
),
placees AS (
  SELECT 'reseau' AS niveau, reseau AS unite_id, * EXCLUDE (niveau, unite_id, debut, pas), unite_id AS source,
    'trimestre' AS pas, CAST(date_trunc('quarter', debut) AS DATE) AS debut FROM retenues WHERE pas IN ('mois', 'trimestre')
  UNION ALL BY NAME
  SELECT 'reseau' AS niveau, reseau AS unite_id, * EXCLUDE (niveau, unite_id, debut, pas), unite_id AS source,
    'annee' AS pas, CAST(date_trunc('year', debut) AS DATE) AS debut FROM retenues
)
SELECT niveau, unite_id, pas, debut, canal, CAST(sum(accueils) AS BIGINT) AS accueils,
  -- a network counted as a whole is made of all the structures that it has described
  CASE WHEN any_value(par_structure) THEN count(DISTINCT source)
    ELSE (SELECT count(*) FROM structures WHERE structures.reseau = placees.unite_id) END AS sources
FROM placees SEMI JOIN periodes USING (pas, debut)
GROUP BY niveau, unite_id, pas, debut, canal
"""
_KEYS = ["niveau", "unite_id", "pas", "debut"]


def attendance_cells(connection: duckdb.DuckDBPyConnection, thresholds: Thresholds) -> pl.DataFrame:
    """Counts that may be shown: niveau, unite_id, pas, debut, canal ('' for all), etat, accueils (null where hidden).

    [network or region × closed period × channel, channels for years only]. A network is shown from the thresholds on; its
    channels if every one passes; the region if every network that delivered does.
    """
    counted = query_frame(connection, _CELLS)
    if not counted.height:
        return _empty()
    totals = _totals(counted, thresholds)
    return pl.concat([_with_region(totals), _with_region(_channels(counted, totals, thresholds))])


def _passes(thresholds: Thresholds) -> pl.Expr:
    return (pl.col("accueils") >= thresholds.persons.value) & (pl.col("sources") >= thresholds.structures.value)


def _totals(counted: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """Networks' totals; a year is shown only if each of its quarters is, or the year would give the hidden one away."""
    networks = (
        counted.group_by(_KEYS).agg(pl.col("accueils").sum(), pl.col("sources").max()).with_columns(canal=pl.lit(""))
    )
    all_year = _passes(thresholds).all().over("niveau", "unite_id", pl.col("debut").dt.year())
    return networks.with_columns(
        visible=pl.when(pl.col("pas") == "annee").then(all_year).otherwise(_passes(thresholds))
    )


def _channels(counted: pl.DataFrame, totals: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """Networks' yearly channels: all of a network's, or none."""
    yearly = counted.filter(pl.col("pas") == "annee").with_columns(every=_passes(thresholds).all().over(_KEYS))
    shown = totals.select(*_KEYS, total="visible")
    return yearly.join(shown, on=_KEYS).with_columns(visible=pl.col("every") & pl.col("total")).drop("every", "total")


def _with_region(networks: pl.DataFrame) -> pl.DataFrame:
    region = networks.group_by("pas", "debut", "canal").agg(
        pl.col("accueils").sum(), pl.col("visible").all(), niveau=pl.lit("region"), unite_id=pl.lit("bretagne")
    )
    return _stated(pl.concat([networks.select(region.columns), region]))


def _stated(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.select(
        *_KEYS,
        "canal",
        etat=pl.when("visible").then(pl.lit("ok")).otherwise(pl.lit("masque")),
        accueils=pl.when("visible").then("accueils"),
    )


def _empty() -> pl.DataFrame:
    texts = dict.fromkeys(("niveau", "unite_id", "pas"), pl.String)
    return pl.DataFrame(schema={**texts, "debut": pl.Date, "canal": pl.String, "etat": pl.String, "accueils": pl.Int64})
