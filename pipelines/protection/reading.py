"""From the warehouse's tables to cubes, one base after another, and what of each is settled before any rule is asked."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import polars as pl

from grids.breakdowns import UNKNOWN
from grids.thresholds import Thresholds
from pipelines.frames import query_frame
from pipelines.protection.cube import Base, Contents, Cube, Numbers, Slot, Territory
from pipelines.protection.given import SLOT, Given, given_of

_COUNTS = """
SELECT base_id, mesure_id, groupe, structure_id, pas, debut, ventilation, modalite, max(n) AS n,
  max(CASE WHEN provenance = 'proche' THEN n ELSE 0 END) AS proche,
  max(CASE WHEN genre IN ('part', 'indice') AND categorie = '' OR genre = 'repartition' AND categorie = 'favorable'
    OR genre = 'gain' AND categorie = 'avant' THEN y END) AS favorables,
  max(CASE WHEN genre = 'gain' AND categorie = 'apres' THEN y END) AS favorables_apres
FROM comptes_structures
WHERE n > 0 AND NOT (genre = 'diversite' AND groupe = 'proposes')   -- offers are counts of structures
GROUP BY ALL
"""
_SLOTS = """
WITH couvertes AS (         -- the periods of a base: those of its version, and those in which an older one is still answered
  SELECT base_id, bases.pas, periodes.debut FROM bases JOIN periodes
    ON periodes.pas = bases.pas AND periodes.debut >= bases.debut AND periodes.debut <= coalesce(bases.fin, periodes.debut)
  UNION SELECT base_id, pas, debut FROM comptes_structures SEMI JOIN bases USING (base_id, pas)
),
ventilees AS (              -- every modality that some base was told, for each base that was told by the breakdown
  SELECT base_id, ventilation, modalite
  FROM (SELECT DISTINCT base_id, ventilation FROM comptes_structures WHERE ventilation <> '' AND modalite <> $inconnue)
  JOIN (SELECT DISTINCT ventilation, modalite FROM comptes_structures WHERE ventilation <> '') USING (ventilation)
)
SELECT base_id, pas, debut, fin, nouvelle, ventilation, modalite
FROM couvertes JOIN periodes USING (pas, debut)
JOIN (SELECT base_id, '' AS ventilation, '' AS modalite, '' AS pas_ventile FROM bases GROUP BY base_id
      UNION ALL SELECT *, 'annee' FROM ventilees) AS modalites USING (base_id)
WHERE pas_ventile IN ('', pas)
ORDER BY ALL
"""
_STRUCTURES = """
SELECT structure_id, reseau, departement, actif_du, actif_au FROM structures ORDER BY reseau, structure_id
"""
_NOTHING_PUBLISHED = """
CREATE TABLE IF NOT EXISTS deja_publiees (base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  ventilation VARCHAR, modalite VARCHAR, visible BOOLEAN, moyenne_visible BOOLEAN)
"""


def read_cubes(connection: duckdb.DuckDBPyConnection, thresholds: Thresholds) -> Iterator[tuple[Cube, Given]]:
    """Each base of `bases`, by its id, from the tables that stand when protection starts and `pas_publies`."""
    connection.execute(_NOTHING_PUBLISHED)
    structures = query_frame(connection, _STRUCTURES)
    territory = _territory(structures)
    tables = {name: _by_base(query_frame(connection, query, said)) for name, (query, said) in _PER_BASE.items()}
    for base_id, rows in sorted(tables["bases"].items()):
        slots = tuple(
            Slot(row["pas"], row["debut"], row["fin"], row["ventilation"], row["modalite"], row["nouvelle"])
            for row in tables["slots"].get(base_id, pl.DataFrame()).iter_rows(named=True)
        )
        base = _base(base_id, rows, thresholds)
        cube = Cube(base, territory, slots, _contents(tables["counts"].get(base_id), territory, slots, base))
        yield cube, given_of(cube, structures, tables["steps"].get(base_id), tables["published"].get(base_id))


_PER_BASE = {
    "bases": ("FROM bases", None),
    "slots": (_SLOTS, {"inconnue": UNKNOWN}),
    "counts": (_COUNTS, None),
    "steps": ("FROM pas_publies", None),
    "published": ("FROM deja_publiees", None),
}


def _by_base(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {str(key[0]): part for key, part in frame.partition_by("base_id", as_dict=True).items()}


def _territory(structures: pl.DataFrame) -> Territory:
    networks = sorted(set(structures["reseau"]))
    departments = sorted(set(structures["departement"].drop_nulls()))
    return Territory(
        tuple(structures["structure_id"]),
        tuple(networks),
        tuple(departments),
        np.array([networks.index(each) for each in structures["reseau"]], dtype=np.int64),
        np.array(
            [departments.index(each) if each else len(departments) for each in structures["departement"]],
            dtype=np.int64,
        ),
    )


def _base(base_id: str, rows: pl.DataFrame, thresholds: Thresholds) -> Base:
    first = rows.row(0, named=True)
    steps = {str(level[0]): frozenset(part["pas"]) for level, part in rows.group_by("niveau")}
    persons = thresholds.structures.value if first["fait"] else thresholds.persons_of(first["base"])
    return Base(base_id, steps, persons, first["fait"], first["opinion"])


def _contents(counts: pl.DataFrame | None, territory: Territory, slots: tuple[Slot, ...], base: Base) -> Contents:
    """What structures told, as arrays; facts count the structures that tell them."""
    if counts is None:
        nothing = np.zeros((len(territory.structures), len(slots), 0), np.int64)
        return Contents(nothing, favourable=nothing)
    placed, parts = _placed(counts, territory, slots)
    shape = (len(territory.structures), len(slots), parts)
    if base.fact:
        placed = placed.with_columns(n=1, proche=(pl.col("proche") > 0).cast(pl.Int64))
    near = _dense(placed, "proche", shape) if placed["proche"].sum() else None
    favourable = [_dense(placed, name, shape) for name in ("favorables", "favorables_apres")]
    told = [placed.filter(pl.col(name).is_not_null())["part"].unique().sort() for name in _FAVOURABLE]
    return Contents(
        _dense(placed, "n", shape),
        near,
        np.concatenate([each[:, :, of.to_numpy()] for each, of in zip(favourable, told, strict=True)], axis=2),
        np.concatenate([of.to_numpy() for of in told]).astype(np.int64),
    )


_FAVOURABLE = ("favorables", "favorables_apres")


def _placed(counts: pl.DataFrame, territory: Territory, slots: tuple[Slot, ...]) -> tuple[pl.DataFrame, int]:
    """The counts of the cube's slots with the ranks of their structure, slot and part; how many parts there are."""
    parts = counts.select("mesure_id", "groupe").unique().sort("mesure_id", "groupe").with_row_index("part")
    where = pl.DataFrame(
        [(each.step, each.start, each.breakdown, each.modality) for each in slots],
        schema=dict(counts.select(SLOT).schema),
        orient="row",
    ).with_row_index("slot")
    who = pl.DataFrame({"structure_id": territory.structures}).with_row_index("structure")
    joined = counts.join(parts, on=["mesure_id", "groupe"]).join(where, on=SLOT).join(who, on="structure_id")
    return joined, parts.height


def _dense(placed: pl.DataFrame, column: str, shape: tuple[int, int, int]) -> Numbers:
    dense = np.zeros(shape, np.int64)
    at = tuple(placed[name].to_numpy() for name in ("structure", "slot", "part"))
    dense[at] = placed[column].fill_null(0).cast(pl.Int64).to_numpy()
    return dense
