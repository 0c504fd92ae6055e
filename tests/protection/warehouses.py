"""The tables that stand when protection starts, from a few rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

YEAR = ("annee", date(2025, 1, 1))
_TABLES = """
CREATE TABLE structures (structure_id VARCHAR, reseau VARCHAR, departement VARCHAR, actif_du DATE, actif_au DATE);
CREATE TABLE comptes_structures (mesure_id VARCHAR, base_id VARCHAR, genre VARCHAR, structure_id VARCHAR, reseau VARCHAR,
  pas VARCHAR, debut DATE, ventilation VARCHAR, modalite VARCHAR, groupe VARCHAR, categorie VARCHAR,
  y BIGINT, n BIGINT, applicables BIGINT, provenance VARCHAR);
CREATE TABLE bases (base_id VARCHAR, base VARCHAR, niveau VARCHAR, pas VARCHAR, fait BOOLEAN, opinion BOOLEAN,
  debut DATE, fin DATE, source VARCHAR);
CREATE TABLE volumes (base_id VARCHAR, structure_id VARCHAR, annee INTEGER, volume BIGINT);
CREATE TABLE periodes (pas VARCHAR, debut DATE, fin DATE, close_le DATE, nouvelle BOOLEAN);
CREATE TABLE deja_publiees (base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  ventilation VARCHAR, modalite VARCHAR, visible BOOLEAN, moyenne_visible BOOLEAN);
CREATE TABLE pas_fixes (base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, annee INTEGER, pas VARCHAR);
INSERT INTO periodes VALUES ('annee', '2025-01-01', '2025-12-31', '2026-02-14', true);
"""
_TOLD: dict[str, Any] = {
    "mesure_id": "M@2025.1", "base_id": "b@2025.1", "genre": "part", "pas": "annee", "debut": date(2025, 1, 1),
    "ventilation": "", "modalite": "", "groupe": "", "categorie": "", "y": 0, "provenance": "mesure",
}  # fmt: skip


def warehouse(
    networks: dict[str, str], levels: Sequence[str] = ("structure", "reseau"), **said: Any
) -> duckdb.DuckDBPyConnection:
    """A warehouse with the network of each structure, all open in the département 22, and one yearly base.

    `said`: columns of `bases` that are not those of a base of records, b@2025.1.
    """
    connection = duckdb.connect()
    connection.execute(_TABLES)
    add(
        connection,
        "structures",
        (
            {"structure_id": name, "reseau": network, "departement": "22", "actif_du": date(2020, 1, 1)}
            for name, network in networks.items()
        ),
    )
    base = {
        "base_id": "b@2025.1",
        "base": "b",
        "pas": "annee",
        "fait": False,
        "opinion": False,
        "debut": date(2025, 1, 1),
        "source": "accueils",
    }
    add(connection, "bases", ({**base, "niveau": level, **said} for level in levels))
    return connection


def told(connection: duckdb.DuckDBPyConnection, counts: dict[str, int], **said: Any) -> None:
    """Rows of comptes_structures: the number that each structure told; `said`: columns that are not those of a yearly share."""
    networks = dict(connection.execute("SELECT structure_id, reseau FROM structures").fetchall())
    rows = (
        {**_TOLD, "structure_id": name, "reseau": networks[name], "n": n, "applicables": n, **said}
        for name, n in counts.items()
    )
    add(connection, "comptes_structures", rows)


def add(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    frame = pl.DataFrame(list(rows), infer_schema_length=None)
    connection.register("lignes", frame.to_arrow())
    connection.execute(f"INSERT INTO {table} BY NAME FROM lignes")
    connection.unregister("lignes")
