"""Publishing: a release is written aside, checked as its reader will, attacked, put in place and pointed to at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path

import duckdb
import polars as pl

from grids.errors import ReleaseError
from pipelines.home import aside, put_in_place, remove, write_json
from pipelines.release.manifest import Manifest
from pipelines.release.reading import CANDIDATE_POINTER, POINTER, Release, candidate, published

SCHEMAS = ("reference", "quality", "analyses", "attendance")
Tables = Mapping[str, pl.DataFrame]
"""Rows by table ("quality.valeurs"), with the table's own column names."""
Gate = Callable[[Path], None]
"""What a release is put to while it is still aside: raises ReleaseError if the file may not leave."""
CANDIDATE, FINAL = "candidate", "finale"
CANDIDATE_ENDING = f"-{CANDIDATE}"


def already_published(releases: Path, manifest: Manifest) -> Release | None:
    """The published release if it was made from the very same inputs."""
    return _if_same(published, releases, empreinte_entrees=manifest.inputs)


def already_offered(releases: Path, manifest: Manifest) -> Release | None:
    """The candidate if it was made from the very same inputs, beside the edition that is published now."""
    before = _id(releases)
    return _if_same(candidate, releases, empreinte_entrees=manifest.inputs, precedente=before)


def named_candidate(manifest: Manifest) -> Manifest:
    """The manifest of the candidate that becomes the release of `manifest` when it is published."""
    name = f"{manifest.release_id}{CANDIDATE_ENDING}"
    return Manifest(name, manifest.inputs, manifest.data_as_of, manifest.entries | {"release_id": name})


def publish(releases: Path, manifest: Manifest, tables: Tables, gate: Gate | None = None) -> Release:
    """Write the release of `manifest` and make it the published one, once it has passed `gate`.

    Raises ReleaseError, with nothing published, if the file does not hold what it promises or does not pass.
    """
    described = manifest.telling(etat_edition=FINAL, precedente=_id(releases))
    _point(releases / POINTER, _write_release(releases, described, tables, gate))
    return published(releases)


def offer(releases: Path, manifest: Manifest, tables: Tables, gate: Gate | None = None) -> Release:
    """Write the candidate of `manifest` (see named_candidate) in place of the present one; as `publish` otherwise."""
    described = manifest.telling(etat_edition=CANDIDATE, precedente=_id(releases))
    pointer = _write_release(releases, described, tables, gate)
    _point(releases / CANDIDATE_POINTER, pointer)
    _remove_candidates(releases, keep=pointer["release_id"])
    return candidate(releases)


def withdraw_candidate(releases: Path) -> None:
    """There is nothing to read again any more. Safe to call again."""
    remove(releases / CANDIDATE_POINTER)
    _remove_candidates(releases)


def file_release(built: Path, path: Path, entries: Mapping[str, str], gate: Gate | None) -> dict[str, str]:
    """Put the release `built` in place once it has passed `gate`, its manifest beside it; gives the pointer to it."""
    if gate:
        gate(built)
    put_in_place(built, path)
    digest = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    passed = {"attaque": "repoussée"} if gate else {}
    write_json(path.with_suffix(".json"), {**entries, **passed, "empreinte": digest})
    return {
        "release_id": entries["release_id"],
        "fichier": path.name,
        "empreinte": digest,
        "donnees_du": entries["donnees_du"],
    }


def _write_release(releases: Path, described: Manifest, tables: Tables, gate: Gate | None) -> dict[str, str]:
    path = releases / f"{described.release_id}.duckdb"
    built = aside(path)
    built.unlink(missing_ok=True)
    _write(built, described, tables)
    _check(built, tables)
    return file_release(built, path, described.entries, gate)


def _point(pointer: Path, told: Mapping[str, str]) -> None:
    write_json(pointer, dict(told))


def _remove_candidates(releases: Path, keep: str = "") -> None:
    for path in sorted(releases.glob(f"*{CANDIDATE_ENDING}.*")):
        if path.stem != keep:
            remove(path)


def _id(releases: Path) -> str:
    try:
        return published(releases).id
    except ReleaseError:
        return ""


def _if_same(pointed: Callable[[Path], Release], releases: Path, **entries: str) -> Release | None:
    try:
        present = pointed(releases)
    except ReleaseError:
        return None
    with duckdb.connect(str(present.path), read_only=True) as connection:
        told = dict(connection.execute("SELECT cle, valeur FROM reference.edition").fetchall())
    return present if entries.items() <= told.items() else None


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
