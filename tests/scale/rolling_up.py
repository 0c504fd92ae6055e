"""A counted region handed back to counting: its finest rows, and what a warehouse holds beside them."""

from __future__ import annotations

from datetime import date

import duckdb

from grids.contract import load_contract
from grids.load import load_grid
from grids.model import Grid
from grids.thresholds import load_thresholds
from grids.versions import VersionRecord, record_of
from pipelines.staging import TYPED
from tests.scale.calendar import FIRST_YEAR
from tests.scale.counted_region import VERSION

_FINEST = """
CREATE TABLE comptes_fins AS
SELECT mesure_id, base_id, genre, structure_id, reseau, pas, debut, false AS reglee, ventilation, modalite, groupe, categorie,
  y, n, applicables, provenance
FROM comptes_structures
JOIN (SELECT base_id, arg_min(pas, list_position(['mois', 'trimestre', 'annee'], pas)) AS plus_fin FROM bases GROUP BY base_id)
  USING (base_id)
WHERE ventilation <> '' OR pas = plus_fin;
DROP TABLE comptes_structures;
"""
_BESIDE = """
CREATE TABLE gardees_accueils (livraison_id VARCHAR, mois DATE);
CREATE TABLE livraisons (livraison_id VARCHAR, reseau VARCHAR, contrat VARCHAR, recue_le DATE, lues INT, ecartees INT);
CREATE TABLE quarantaine (livraison_id VARCHAR, ligne INT, colonne VARCHAR, regle VARCHAR);
CREATE TABLE refus (reseau VARCHAR, indicateur_id VARCHAR);
CREATE TABLE frequentation (reseau VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE, canal VARCHAR,
  accueils INT);
"""
_CONTRACTS = {"accueils": "accueils", "profils": "structures", "indicateurs_reseau": "indicateurs_reseau"}


def with_finest_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Replace `comptes_structures` by `comptes_fins`, and create, empty, what `roll_up` reads of a warehouse."""
    connection.execute(_FINEST + _BESIDE)
    connection.execute(f"CREATE TABLE entree AS SELECT {load_thresholds().entering_mean.value} AS personnes")
    for table, contract in _CONTRACTS.items():
        columns = {each.name: TYPED.get(each.type, "VARCHAR") for each in load_contract(contract).columns}
        typed = ", ".join(f"{name} {kind}" for name, kind in {"reseau": "VARCHAR", **columns}.items())
        connection.execute(f"CREATE TABLE {table} ({typed})")


def grid_in_force() -> tuple[Grid, VersionRecord]:
    """The working grid, as if it were in force since the region's first year."""
    record = record_of(VERSION).model_copy(update={"in_force_from": date(FIRST_YEAR, 1, 1)})
    return load_grid(VERSION), record
