"""Nothing of a hidden cell passes to measurement, in any group or of any provenance: its key does, and no number."""

from datetime import date

import duckdb
import polars as pl
import pytest

from grids.thresholds import load_thresholds
from pipelines.protection.visible import VisibleCells, visible_cells

THRESHOLDS = load_thresholds()
PLACE = ["base_id", "niveau", "unite_id", "pas", "debut", "ventilation", "modalite"]
COUNTED = [
    # where a number was counted
    ("structure", "s0", "annee", "", ""),
    ("structure", "s0", "trimestre", "", ""),
    ("structure", "s1", "annee", "", ""),
    ("reseau", "cio", "annee", "", ""),
    ("reseau", "cio", "annee", "canal", "tchat"),
    ("reseau", "cio", "annee", "canal", "courriel"),
    ("departement", "22", "annee", "", ""),
]
SHOWN = [place for place in COUNTED if place[1] != "s1" and place[2] != "trimestre" and place[4] != "courriel"]

_TABLES = """
CREATE TABLE structures AS SELECT 's' || i AS structure_id, 'cio' AS reseau,
  CASE WHEN i < 3 THEN '22' END AS departement, DATE '2020-01-01' AS actif_du,
  NULL::DATE AS actif_au FROM range(4) AS r(i);
CREATE TABLE periodes AS
  SELECT 'annee' AS pas, DATE '2025-01-01' AS debut, DATE '2025-12-31' AS fin, DATE '2026-02-14' AS close_le, true AS nouvelle
  UNION ALL SELECT 'trimestre', DATE '2025-01-01', DATE '2025-03-31', DATE '2025-05-15', false;
CREATE TABLE masque (base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE, ventilation VARCHAR,
  modalite VARCHAR, motif VARCHAR, visible BOOLEAN, moyenne_visible BOOLEAN);
INSERT INTO masque VALUES
  ('b@2025.1', 'structure', 's0', 'annee', '2025-01-01', '', '', '', true, true),
  ('b@2025.1', 'structure', 's0', 'trimestre', '2025-01-01', '', '', '', true, true),
  ('b@2025.1', 'structure', 's1', 'annee', '2025-01-01', '', '', 'seuil', false, false),
  ('b@2025.1', 'structure', 's1', 'trimestre', '2025-01-01', '', '', 'deja', false, false),
  ('b@2025.1', 'structure', 's2', 'annee', '2025-01-01', '', '', 'sans_objet', false, false),
  ('b@2025.1', 'reseau', 'cio', 'annee', '2025-01-01', '', '', '', true, false),
  ('b@2025.1', 'reseau', 'cio', 'annee', '2025-01-01', 'canal', 'tchat', '', true, true),
  ('b@2025.1', 'reseau', 'cio', 'annee', '2025-01-01', 'canal', 'courriel', 'seuil', false, false),
  ('b@2025.1', 'reseau', 'cio', 'annee', '2025-01-01', 'canal', 'inconnue', 'inconnue', false, false),
  ('b@2025.1', 'departement', '22', 'annee', '2025-01-01', '', '', '', true, true),
  ('autre@2025.1', 'structure', 's0', 'annee', '2025-01-01', '', '', 'complement', false, false);
CREATE TABLE comptes (mesure_id VARCHAR, base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  ventilation VARCHAR, modalite VARCHAR, groupe VARCHAR,
  categorie VARCHAR, y BIGINT, n BIGINT, applicables BIGINT, structures BIGINT, moyenne DOUBLE,
  ecart_type DOUBLE, repondue_moyenne DOUBLE, n_effectif DOUBLE, provenance VARCHAR);
CREATE TABLE bilan_donnees (reseau VARCHAR, pas VARCHAR, debut DATE, controlees BIGINT, inexactes BIGINT,
  incoherentes BIGINT, portes BIGINT, attendus BIGINT, jours DOUBLE);
CREATE TABLE bilan_regles (reseau VARCHAR, contrat VARCHAR, colonne VARCHAR, regle VARCHAR, controlees BIGINT, ecarts BIGINT);
INSERT INTO bilan_donnees VALUES ('cio', 'annee', '2025-01-01', 40, 1, 1, 7, 9, 3),
  ('cio', 'annee', '2024-01-01', 40, 1, 1, 7, 9, 3),
  ('info-jeunes', 'annee', '2025-01-01', 10, 1, 1, 7, 9, 3);
INSERT INTO bilan_regles VALUES ('cio', 'accueils', 'mois', 'obligatoire', 40, 1),
  ('cap', 'accueils', 'mois', 'obligatoire', 10, 1);
"""


@pytest.fixture(scope="module")
def cells() -> VisibleCells:
    connection = duckdb.connect()
    connection.execute(_TABLES)
    for base in ("b@2025.1", "autre@2025.1"):
        for place in COUNTED:
            for group, provenance in (("P01", "mesure"), ("P02", "proche")):
                counted = "7, 20, 21, 1, 0.35, NULL, 0.95, 20"
                connection.execute(
                    f"INSERT INTO comptes VALUES (?, ?, ?, ?, ?, '2025-01-01', ?, ?, ?, '', {counted}, ?)",
                    [f"M.{base}", base, *place, group, provenance],
                )
    return visible_cells(connection, THRESHOLDS)


def test_counts_are_those_of_visible_cells_of_new_periods_alone(cells: VisibleCells) -> None:
    assert set(cells.counts.select(*PLACE, "groupe", "provenance").rows()) == {
        ("b@2025.1", level, unit, step, date(2025, 1, 1), breakdown, modality, group, provenance)
        for level, unit, step, breakdown, modality in SHOWN
        for group, provenance in (("P01", "mesure"), ("P02", "proche"))
    }


def test_structures_open_in_the_period_are_told(cells: VisibleCells) -> None:
    due = dict(cells.counts.select("unite_id", "structures_attendues").unique().rows())
    assert due == {"s0": 1, "cio": 4, "22": 3}


def test_whether_the_mean_may_be_shown_is_told_of_each_cell(cells: VisibleCells) -> None:
    told = set(cells.counts.select("unite_id", "modalite", "moyenne_visible").rows())
    assert told == {("s0", "", True), ("cio", "", False), ("cio", "tchat", True), ("22", "", True)}


def test_of_the_others_only_the_key_passes(cells: VisibleCells) -> None:
    assert cells.hidden.columns == [*PLACE, "etat"]
    assert set(cells.hidden.filter(base_id="b@2025.1").select("unite_id", "pas", "modalite", "etat").rows()) == {
        ("s1", "annee", "", "masque"),
        ("s2", "annee", "", "sans_objet"),
        ("cio", "annee", "courriel", "masque"),
    }
    assert cells.hidden.filter(pl.col("base_id") == "autre@2025.1").height == 1


def test_the_quality_of_data_is_that_of_new_periods_from_the_threshold(cells: VisibleCells) -> None:
    assert cells.data_quality.select("reseau", "debut", "controlees", "portes").rows() == [
        ("cio", date(2025, 1, 1), 40, 7),
        ("info-jeunes", date(2025, 1, 1), None, 7),
    ]
    assert cells.rules.select("reseau", "controlees").rows() == [("cio", 40)]
