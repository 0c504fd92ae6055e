"""Publishing: a release is written aside, checked as its reader will open it, put in place, and pointed to at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import duckdb
import polars as pl

from grids.errors import ReleaseError
from pipelines.home import aside, put_in_place, write_json
from pipelines.release.manifest import Manifest
from pipelines.release.reading import POINTER, Release, published

SCHEMAS = ("reference", "quality", "attendance")
Tables = Mapping[str, pl.DataFrame]
"""Rows by table ("quality.valeurs"), with the table's own column names."""


def already_published(releases: Path, manifest: Manifest) -> Release | None:
    """The published release if it was made from the very same inputs."""
    try:
        present = published(releases)
    except ReleaseError:
        return None
    with duckdb.connect(str(present.path), read_only=True) as connection:
        row = connection.execute("SELECT valeur FROM reference.edition WHERE cle = 'empreinte_entrees'").fetchone()
    return present if row and row[0] == manifest.inputs else None


def publish(releases: Path, manifest: Manifest, tables: Tables) -> Release:
    """Write the release of `manifest` and make it the published one.

    Raises ReleaseError, with nothing published, if the file does not hold what it promises.
    """
    path = releases / f"{manifest.release_id}.duckdb"
    built = aside(path)
    _write(built, manifest, tables)
    _check(built, tables)
    put_in_place(built, path)
    digest = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    write_json(path.with_suffix(".json"), manifest.entries | {"empreinte": digest})
    pointer = {
        "release_id": manifest.release_id,
        "fichier": path.name,
        "empreinte": digest,
        "donnees_du": manifest.data_as_of.isoformat(),
    }
    write_json(releases / POINTER, pointer)
    return published(releases)


def _write(built: Path, manifest: Manifest, tables: Tables) -> None:
    with duckdb.connect(str(built)) as connection:
        for schema in SCHEMAS:
            connection.execute(files(__package__).joinpath("schema", f"{schema}.sql").read_text(encoding="utf-8"))
        connection.executemany("INSERT INTO reference.edition VALUES (?, ?)", sorted(manifest.entries.items()))
        for table, frame in tables.items():
            connection.register("lignes", frame.to_arrow())
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM lignes")
            connection.unregister("lignes")


def _check(built: Path, tables: Tables) -> None:
    """Read the file back as the dashboard will: every row arrived, and no count of receptions stands in quality."""
    with duckdb.connect(str(built), read_only=True) as connection:
        for table, frame in tables.items():
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            if row is None or row[0] != frame.height:
                raise ReleaseError(f"La table {table} n'a pas reçu toutes ses lignes.", place=built.name)
        counts = connection.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns "
            "WHERE table_schema = 'quality' AND column_name IN ('n', 'y', 'base', 'effectif', 'accueils')"
        ).fetchall()
    if counts:
        raise ReleaseError(f"Un effectif figure dans la qualité : {counts[0][0]}.", place=built.name)
