"""Late records: what came, changed or went after its period was published enters the year only if nobody can be seen in it.

A reader subtracts: the year less its published months leaves what came late. So a structure's difference enters if it is of
nobody or of at least t persons, for everything that the structure's records tell; and so for its network, its département and
the region, from which the smallest differences are left out until it holds (methods, 7.3 and 7.8 c).

Modalities follow their structure without a rule of their own: they are published by year only, so that there is no
earlier figure to subtract.
"""

from __future__ import annotations

import duckdb
import polars as pl

from grids.thresholds import Thresholds
from pipelines.frames import query_frame

_PART = ["mesure_id", "groupe"]
_STRUCTURE = ["base_id", "debut", "structure_id"]
_LEVELS = ("reseau", "departement", "region")


def admit_late(connection: duckdb.DuckDBPyConnection, thresholds: Thresholds) -> None:
    """Create `tardifs`: what may enter the years that are `nouvelle`, as differences, with the columns of comptes_structures.

    [measure × structure × year × breakdown × modality × group × category]. Reads the warehouse's settled `comptes_fins`,
    `comptes_frais` (see settle), `periodes`, `bases`, `structures`.
    """
    connection.execute(_CREATE)
    late = query_frame(connection, _DIFFERENCES)
    admitted = admissible(late.filter(pl.col("ventilation") == ""), thresholds)
    entering = late.join(admitted, on=_STRUCTURE, how="semi")
    connection.register("differences_admises", entering.to_arrow())
    connection.execute(_ENTER)
    connection.unregister("differences_admises")


def admissible(late: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """The differences that may enter a year, all of a structure's on a base together.

    `late`: base_id, base, opinion, genre, debut, structure_id, reseau, departement, region, mesure_id, groupe, categorie,
    y, n [measure × structure × year × group × category], as differences. Gives base_id, debut, structure_id
    [base × year × structure].
    """
    moving = late.filter((pl.col("n") != 0).any().over(_STRUCTURE))
    admitted = _fair(moving, "structure_id", thresholds).filter("fair").select(_STRUCTURE)
    while (dropped := _smallest_of_an_unfair_unit(moving.join(admitted, on=_STRUCTURE, how="semi"), thresholds)).height:
        admitted = admitted.join(dropped, on=_STRUCTURE, how="anti")
    return admitted


def _smallest_of_an_unfair_unit(moving: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """The structure that moves least in each unit, at the first level where some unit's difference is of too few."""
    for level in _LEVELS:
        unfair = _fair(moving, level, thresholds).filter(~pl.col("fair"))
        if unfair.height:
            sizes = moving.join(unfair, on=["base_id", "debut", level], how="semi").group_by([*_STRUCTURE, level])
            least = sizes.agg(size=pl.col("n").abs().max()).sort("size", "structure_id")
            return least.unique(["base_id", "debut", level], keep="first", maintain_order=True).select(_STRUCTURE)
    return moving.clear().select(_STRUCTURE)


def _fair(moving: pl.DataFrame, level: str, thresholds: Thresholds) -> pl.DataFrame:
    """Whether what changes in a unit is of nobody or of enough, in every measure and group. [base × year × unit] `fair`"""
    unit = ["base_id", "debut", level]
    told = moving.unique([*_STRUCTURE, *_PART]).group_by([*unit, *_PART]).agg(pl.col("n").sum())
    moved = moving.group_by([*unit, "base", "opinion", "genre", *_PART, "categorie"]).agg(pl.col("y").sum())
    bases = moving["base"].unique().to_list()
    floors = pl.DataFrame(
        {"base": bases, "persons": [thresholds.persons_of(base) for base in bases]},
        schema={"base": pl.String, "persons": pl.Int64},
    )
    cells = moved.join(told, on=[*unit, *_PART]).join(floors, on="base")
    enough = pl.col("n").abs() >= pl.col("persons")
    fair = (
        pl.when(pl.col("n") == 0).then(pl.col("y") == 0).otherwise(enough & _both_sides(thresholds.opinion_few.value))
    )
    return cells.group_by(unit).agg(fair.all().alias("fair"))


def _both_sides(few: int) -> pl.Expr:
    """Of an opinion: enough favourable and enough unfavourable answers, so that what came late is not of one mind."""
    favourable = (
        pl.when(pl.col("genre") == "repartition")
        .then(pl.col("categorie") == "favorable")
        .when(pl.col("genre") == "gain")
        .then(pl.col("categorie").is_in(["avant", "apres"]))
        .otherwise(pl.col("categorie") == "")
    )
    mixed = (pl.col("y").abs() >= few) & ((pl.col("n") - pl.col("y")).abs() >= few)
    return mixed | ~pl.col("opinion") | ~favourable


_ENTER = """
INSERT INTO tardifs BY NAME SELECT * EXCLUDE (base, opinion, departement, region) FROM differences_admises
"""
_CREATE = """
CREATE TABLE tardifs (mesure_id VARCHAR, base_id VARCHAR, genre VARCHAR, structure_id VARCHAR, reseau VARCHAR,
  pas VARCHAR, debut DATE, ventilation VARCHAR, modalite VARCHAR, groupe VARCHAR, categorie VARCHAR,
  y BIGINT, n BIGINT, applicables BIGINT, provenance VARCHAR)
"""
_DIFFERENCES = """
WITH lignes AS (
  SELECT *, 1 AS signe FROM comptes_frais
  UNION ALL BY NAME SELECT *, -1 AS signe FROM comptes_fins WHERE reglee
),
par_an AS (
  SELECT * REPLACE ('annee' AS pas, CAST(date_trunc('year', debut) AS DATE) AS debut), debut AS debut_fin FROM lignes
),
ecarts AS (
  SELECT mesure_id, base_id, genre, structure_id, reseau, pas, debut, ventilation, modalite, groupe, categorie,
    CAST(sum(signe * y) AS BIGINT) AS y
  FROM par_an GROUP BY ALL
),
tailles AS (          -- a size stands beside each category, once for each finest period
  SELECT mesure_id, structure_id, debut, ventilation, modalite, groupe,
    CAST(sum(signe * n) AS BIGINT) AS n, CAST(sum(signe * applicables) AS BIGINT) AS applicables
  FROM (
    SELECT DISTINCT mesure_id, structure_id, debut, ventilation, modalite, groupe, debut_fin, signe, n, applicables FROM par_an)
  GROUP BY ALL
)
SELECT ecarts.*, n, applicables, 'mesure' AS provenance, base, opinion, coalesce(departement, '') AS departement,
  'bretagne' AS region
FROM ecarts JOIN tailles USING (mesure_id, structure_id, debut, ventilation, modalite, groupe)
JOIN (SELECT DISTINCT base_id, base, opinion FROM bases) USING (base_id)
LEFT JOIN (SELECT structure_id, departement FROM structures) USING (structure_id)
SEMI JOIN (FROM periodes WHERE pas = 'annee' AND nouvelle) AS nouvelles ON nouvelles.debut = ecarts.debut
"""
