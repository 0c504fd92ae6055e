"""Nothing of a hidden cell passes to measurement, in any group or of any provenance: its key does, and no number."""

from datetime import date

import duckdb
import polars as pl
import pytest

from grids.thresholds import load_thresholds
from pipelines.protection.visible import VisibleCells, visible_cells

THRESHOLDS = load_thresholds()
PLACE = ["base_id", "niveau", "unite_id", "pas", "debut"]

_TABLES = """
CREATE TABLE structures AS SELECT 's' || i AS structure_id, 'cio' AS reseau, DATE '2020-01-01' AS actif_du,
  NULL::DATE AS actif_au FROM range(4) AS r(i);
CREATE TABLE periodes AS
  SELECT 'annee' AS pas, DATE '2025-01-01' AS debut, DATE '2025-12-31' AS fin, DATE '2026-02-14' AS close_le;
CREATE TABLE masque (base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE, motif VARCHAR,
  visible BOOLEAN);
INSERT INTO masque VALUES
  ('b@2025.1', 'structure', 's0', 'annee', '2025-01-01', '', true),
  ('b@2025.1', 'structure', 's1', 'annee', '2025-01-01', 'seuil', false),
  ('b@2025.1', 'structure', 's2', 'annee', '2025-01-01', 'sans_objet', false),
  ('b@2025.1', 'reseau', 'cio', 'annee', '2025-01-01', '', true),
  ('autre@2025.1', 'structure', 's0', 'annee', '2025-01-01', 'seuil', false);
CREATE TABLE comptes (mesure_id VARCHAR, base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  groupe VARCHAR, categorie VARCHAR, y BIGINT, n BIGINT, applicables BIGINT, structures BIGINT, moyenne DOUBLE,
  ecart_type DOUBLE, n_effectif DOUBLE, provenance VARCHAR);
CREATE TABLE bilan_donnees (reseau VARCHAR, pas VARCHAR, debut DATE, controlees BIGINT, inexactes BIGINT,
  incoherentes BIGINT, portes BIGINT, attendus BIGINT, jours DOUBLE);
CREATE TABLE bilan_regles (reseau VARCHAR, contrat VARCHAR, colonne VARCHAR, regle VARCHAR, controlees BIGINT, ecarts BIGINT);
"""


@pytest.fixture(scope="module")
def cells() -> VisibleCells:
    connection = duckdb.connect()
    connection.execute(_TABLES)
    for base in ("b@2025.1", "autre@2025.1"):
        for level, unit in (("structure", "s0"), ("structure", "s1"), ("structure", "s2"), ("reseau", "cio")):
            for group, provenance in (("P01", "mesure"), ("P02", "proche")):
                connection.execute(
                    "INSERT INTO comptes VALUES (?, ?, ?, ?, 'annee', '2025-01-01', ?, '', 7, 20, 21, 1, 0.35, NULL, 20, ?)",
                    [f"M.{base}", base, level, unit, group, provenance],
                )
    return visible_cells(connection, THRESHOLDS)


def test_counts_are_those_of_visible_cells_alone(cells: VisibleCells) -> None:
    assert set(cells.counts.select(*PLACE, "groupe", "provenance").rows()) == {
        ("b@2025.1", level, unit, "annee", date(2025, 1, 1), group, provenance)
        for level, unit in (("structure", "s0"), ("reseau", "cio"))
        for group, provenance in (("P01", "mesure"), ("P02", "proche"))
    }


def test_structures_open_in_the_period_are_told(cells: VisibleCells) -> None:
    due = dict(cells.counts.select("unite_id", "structures_attendues").unique().rows())
    assert due == {"s0": 1, "cio": 4}


def test_of_the_others_only_the_key_passes(cells: VisibleCells) -> None:
    assert cells.hidden.columns == [*PLACE, "etat"]
    assert dict(cells.hidden.filter(base_id="b@2025.1").select("unite_id", "etat").rows()) == {
        "s1": "masque",
        "s2": "sans_objet",
    }
    assert cells.hidden.filter(pl.col("base_id") == "autre@2025.1").height == 1
