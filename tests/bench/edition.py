"""What the parts of a measured edition hand each other: a masked region, what its networks tell, the tables of each part."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from grids.territories import communes
from grids.thresholds import load_thresholds
from pipelines.command_line.analyses import Grounds
from pipelines.protection.mask import mask
from pipelines.protection.visible import visible_cells
from pipelines.versions import Version
from tests.bench.attacks import reference_tables
from tests.bench.masks import Timed, rolled_file
from tests.scale.calendar import FIRST_YEAR
from tests.scale.counted_region import VERSION
from tests.scale.rolling_up import grid_in_force

ACTIONS = 40
COUNTS, HIDDEN = "counts", "hidden"
_RECEPTIONS = "accueils"
_PROFILES = """
CREATE OR REPLACE TABLE structures AS
SELECT structures.*, 'outil' AS mode_collecte, insee AS commune_insee,
  ['presentiel', 'telephone', 'courriel', 'visio'][1:1 + hash(structure_id) % 4]
  AS canaux_proposes, (hash(structure_id, 'seuil') % 10)::INTEGER AS sans_rendez_vous_demi_journees
FROM structures JOIN (SELECT insee, row_number() OVER (ORDER BY insee) - 1 AS rang FROM communes) AS rangees
  ON rang = hash(structure_id, 'commune') % (SELECT count(*) FROM communes)
ORDER BY structure_id;
CREATE TABLE evenements AS
SELECT reseau, 'structure' AS niveau, structure_id AS unite_id, '' AS mesure, DATE '2024-07-01' AS mois,
  'nouveau_repere' AS nature, 'Nouvelle organisation' AS raison, 'Équipe fictive' AS auteur
FROM structures WHERE hash(structure_id, 'evenement') % 10 = 0
"""
_DECLARED = """
CREATE TABLE actions AS
SELECT 'action-' || row_number() OVER () AS action_id, 'Action fictive' AS libelle, niveau, unite_id,
  split_part(mesure_id, '@', 1) AS mesure, 'plus' AS sens, DATE '2024-09-01' AS debut, 1 AS latence_mois,
  DATE '2026-06-01' AS revue_le
FROM suivies
"""
_VOLUMES = """
SELECT sum(applicables) FILTER (base = ?)::BIGINT AS receptions, sum(n) FILTER (source = 'reponses')::BIGINT AS answers FROM (
  SELECT base, source, max(applicables) AS applicables, sum(n) AS n FROM (
    SELECT mesure_id, base_id, structure_id, debut, groupe, max(applicables) AS applicables, max(n) AS n
    FROM comptes_structures WHERE pas = 'annee' AND ventilation = '' GROUP BY ALL)
  JOIN (SELECT DISTINCT base_id, base, source FROM bases) AS sujets USING (base_id)
  GROUP BY base, source, structure_id, debut)
"""


@dataclass(frozen=True)
class Edition:
    """The files of an edition of a region of that many structures, below the bench's folder."""

    place: Path

    @classmethod
    def of(cls, folder: Path, structures: int) -> Edition:
        return cls(folder / f"edition-{structures}")

    @property
    def warehouse(self) -> Path:
        """What stages read of a warehouse beside counts: structures, actions, evenements."""
        return self.place / "warehouse.duckdb"

    def write(self, tables: Mapping[str, pl.DataFrame]) -> dict[str, object]:
        """Keep tables by their names; returns how many rows they have in all."""
        for name, frame in tables.items():
            frame.write_parquet(self.place / f"{name}.parquet")
        return {"rows": sum(frame.height for frame in tables.values())}

    def read(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.place / f"{name}.parquet")

    @property
    def reference(self) -> dict[str, pl.DataFrame]:
        return {path.stem: self.read(path.stem) for path in self.place.glob("reference.*.parquet")}

    @property
    def grounds(self) -> Grounds:
        """What analyses are made of, once the figures are written."""
        figures = {name: self.read(name) for name in ("quality.valeurs", "quality.ventilations")}
        return Grounds(self.reference | figures, self.read(COUNTS), ())


def shown(folder: Path, structures: int) -> Timed:
    """The counts that the mask lets through, beside what the networks of the region tell of it.

    `receptions`, `answers`: how many records the region's counts stand for, about.
    """
    edition, (grid, record) = Edition.of(folder, structures), grid_in_force()
    edition.place.mkdir()
    shutil.copy(rolled_file(folder, structures), edition.warehouse)
    with duckdb.connect(str(edition.warehouse)) as connection:
        [(receptions, answers)] = connection.execute(_VOLUMES, [_RECEPTIONS]).fetchall()
        started = time.perf_counter()
        mask(connection, load_thresholds())
        visible = visible_cells(connection, load_thresholds())
        seconds = time.perf_counter() - started
        _tell(connection, visible.counts)
        edition.write(reference_tables(connection, Version(grid, record, None, ""), f"{VERSION}-{FIRST_YEAR}"))
    edition.write({COUNTS: visible.counts, HIDDEN: visible.hidden})
    return seconds, {"receptions": receptions, "answers": answers, "rows": visible.counts.height}


def _tell(connection: duckdb.DuckDBPyConnection, counts: pl.DataFrame) -> None:
    """Profiles, events and actions, drawn."""
    tables = {"communes": pl.DataFrame({"insee": list(communes())}), "suivies": _followed(counts)}
    for name, frame in tables.items():
        connection.register(name, frame.to_arrow())
    connection.execute(_PROFILES)
    connection.execute(_DECLARED)


def _followed(counts: pl.DataFrame) -> pl.DataFrame:
    """mesure_id, niveau, unite_id of as many lines as there are actions, among those that most months are shown of."""
    headline = pl.col("categorie").is_in(["", "favorable"]) & (pl.col("groupe") == "")
    monthly = counts.filter(headline, pl.col("niveau").is_in(["structure", "reseau"]), pas="mois", ventilation="")
    lines = monthly.group_by("mesure_id", "niveau", "unite_id").agg(mois=pl.col("debut").n_unique())
    longest = lines.filter(pl.col("mois") == pl.col("mois").max()).sort("mesure_id", "niveau", "unite_id")
    return longest.gather_every(max(1, longest.height // ACTIONS)).head(ACTIONS)
