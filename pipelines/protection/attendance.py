"""Attendance under protection: a sum is shown only with all its parts, so that no part can be worked out by subtraction;
and under quality's mask, so that neither tells what the other hides.
"""

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
_UNDER_QUALITY = """
WITH tailles AS (
  SELECT base_id, reseau, structure_id, pas, debut, ventilation, modalite, max(applicables) AS applicables, max(n) AS n
  FROM comptes_structures SEMI JOIN (FROM bases WHERE source = 'accueils') AS lues USING (base_id)
  WHERE ventilation IN ('', 'canal') AND NOT (genre = 'diversite' AND groupe = 'proposes')   -- offers are counts of structures
  GROUP BY ALL
),
montrees AS (          -- a reader takes for the widest the base that shows the most cells of a year
  SELECT base_id, year(debut) AS annee FROM masque
  SEMI JOIN (FROM bases WHERE source = 'accueils') AS lues USING (base_id)
  GROUP BY base_id, year(debut)
  QUALIFY row_number() OVER (PARTITION BY year(debut) ORDER BY count(*) FILTER (visible) DESC, base_id) = 1
),
plus_larges AS (
  SELECT base_id, pas, debut FROM tailles WHERE ventilation = '' GROUP BY base_id, pas, debut
  QUALIFY row_number() OVER (PARTITION BY pas, debut ORDER BY sum(applicables) DESC, base_id) = 1
),
larges AS (
  FROM plus_larges UNION
  SELECT DISTINCT tailles.base_id, pas, debut FROM tailles
  JOIN montrees ON montrees.base_id = tailles.base_id AND annee = year(debut)
),
placees AS (
  SELECT *, 'reseau' AS niveau, reseau AS unite_id FROM tailles UNION ALL SELECT *, 'region', 'bretagne' FROM tailles
)
SELECT DISTINCT niveau, unite_id, pas, debut, modalite AS canal
FROM placees JOIN larges USING (base_id, pas, debut)
JOIN (FROM masque WHERE NOT visible) AS cachees USING (base_id, niveau, unite_id, pas, debut, ventilation, modalite)
WHERE n > 0
"""
_KEYS = ["niveau", "unite_id", "pas", "debut"]
_CELL = [*_KEYS, "canal"]


def attendance_cells(connection: duckdb.DuckDBPyConnection, thresholds: Thresholds) -> pl.DataFrame:
    """Counts that may be shown: niveau, unite_id, pas, debut, canal ('' for all), etat, accueils (null where hidden).

    [network or region × new quarter or year × channel, channels for years only]. A network is shown from the thresholds on,
    where quality's widest base of records is, and the region's; its channels if every one is; the region if every network that
    delivered is.
    """
    counted = query_frame(connection, _CELLS)
    if not counted.height:
        return _empty()
    hidden = _with_parts_of_region(query_frame(connection, _UNDER_QUALITY), counted)
    totals = _totals(counted, hidden, thresholds)
    cells = pl.concat(
        [_with_region(totals, hidden), _with_region(_channels(counted, totals, hidden, thresholds), hidden)]
    )
    new = query_frame(connection, "SELECT pas, debut FROM periodes WHERE nouvelle")
    return _stated(_years_with_quarters(cells).join(new, on=["pas", "debut"], how="semi"))


def _with_parts_of_region(hidden: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    """What quality hides, and every network where it hides the region: their sum would give it back."""
    networks = counted.select("niveau", "unite_id").unique()
    of_region = hidden.filter(niveau="region").drop("niveau", "unite_id")
    parts = of_region.join(networks, how="cross").select(hidden.columns)
    return pl.concat([hidden, parts]).unique()


def _passes(thresholds: Thresholds) -> pl.Expr:
    return (pl.col("accueils") >= thresholds.persons.value) & (pl.col("sources") >= thresholds.structures.value)


def _under(cells: pl.DataFrame, hidden: pl.DataFrame) -> pl.DataFrame:
    """The cells, hidden too where quality hides."""
    by_quality = hidden.with_columns(par_la_qualite=pl.lit(value=True))
    return (
        cells.join(by_quality, on=_CELL, how="left")
        .with_columns(visible=pl.col("visible") & pl.col("par_la_qualite").is_null())
        .drop("par_la_qualite")
    )


def _totals(counted: pl.DataFrame, hidden: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """Networks' totals of quarters and years."""
    networks = counted.group_by(_KEYS).agg(pl.col("accueils").sum(), pl.col("sources").max())
    shown = networks.with_columns(canal=pl.lit(""), visible=_passes(thresholds))
    return _years_with_quarters(_under(shown, hidden))


def _years_with_quarters(cells: pl.DataFrame) -> pl.DataFrame:
    """A year beside shown and hidden quarters would give the hidden ones away: it is shown with all of them, or with none."""
    quarter, unit = pl.col("pas") == "trimestre", ["niveau", "unite_id", pl.col("debut").dt.year()]
    some = (quarter & pl.col("visible")).any().over(unit)
    lacking = (quarter & ~pl.col("visible")).any().over(unit)
    return cells.with_columns(visible=pl.col("visible") & (quarter | ~(some & lacking)))


def _channels(
    counted: pl.DataFrame, totals: pl.DataFrame, hidden: pl.DataFrame, thresholds: Thresholds
) -> pl.DataFrame:
    """Networks' yearly channels: all of a network's, or none."""
    yearly = counted.filter(pl.col("pas") == "annee").with_columns(visible=_passes(thresholds))
    every = _under(yearly, hidden).with_columns(every=pl.col("visible").all().over(_KEYS)).drop("visible")
    shown = totals.select(*_KEYS, total="visible")
    return every.join(shown, on=_KEYS).with_columns(visible=pl.col("every") & pl.col("total")).drop("every", "total")


def _with_region(networks: pl.DataFrame, hidden: pl.DataFrame) -> pl.DataFrame:
    region = networks.group_by("pas", "debut", "canal").agg(
        pl.col("accueils").sum(), pl.col("visible").all(), niveau=pl.lit("region"), unite_id=pl.lit("bretagne")
    )
    return pl.concat([networks.select(region.columns), _under(region, hidden).select(region.columns)])


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
