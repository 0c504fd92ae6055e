"""Published is final: what was shown is copied, row by row, from the published release into the next one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from pipelines.frames import query_frame
from pipelines.release.plan import Key

COPIED = (
    "quality.valeurs", "quality.ventilations", "quality.donnees", "attendance.frequentation", "reference.periodes",
    "quality.comparaisons", "quality.entonnoirs", "quality.decompositions", "quality.redressements", "quality.participation",
    "quality.territoires", "quality.pratiques",
)  # fmt: skip
"""The tables whose rows stand by period."""
_STILL_NAMED = {
    "reference.unites": ["niveau", "unite_id"],
    "reference.grilles": ["version"],
    "reference.mesures": ["mesure_id"],
    "reference.categories": ["mesure_id", "categorie"],
    "reference.modalites": ["ventilation", "modalite"],
    "reference.clauses": ["mesure_id", "clause_id"],
}
"""What the copied figures are about, by its key: still told when a network withdraws its profile, or a definition goes."""


def with_published(tables: Mapping[str, pl.DataFrame], published: Path | None) -> dict[str, pl.DataFrame]:
    """The same tables, with the rows of the published release for each period that it shows, whatever was computed of it.

    `tables`: any of those of a release, by name; `published`: the published release's file, None before the first. Doing
    it twice changes nothing.
    """
    if published is None:
        return dict(tables)
    with duckdb.connect(str(published), read_only=True) as connection:
        shown = query_frame(connection, "SELECT pas, debut FROM reference.periodes")
        return {name: _joined(connection, name, frame, shown) for name, frame in tables.items()}


def published_periods(published: Path) -> frozenset[Key]:
    """The periods that a release shows."""
    with duckdb.connect(str(published), read_only=True) as connection:
        return frozenset(connection.execute("SELECT pas, debut FROM reference.periodes").fetchall())


def has_table(published: Path, name: str) -> bool:
    """Whether a release has a table ("quality.points"): those made by an earlier version of the product lack the newest."""
    with duckdb.connect(str(published), read_only=True) as connection:
        return _has(connection, name)


def first_editions(published: Path) -> frozenset[str]:
    """The editions that were the first to show the periods of a release."""
    with duckdb.connect(str(published), read_only=True) as connection:
        return frozenset(name for (name,) in connection.execute("SELECT edition FROM reference.periodes").fetchall())


def _joined(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    if not _has(connection, name):
        return frame
    if name in COPIED:
        fresh = frame.join(shown, on=["pas", "debut"], how="anti")
        return _above(query_frame(connection, f"FROM {name}"), fresh)
    if name in _STILL_NAMED:
        gone = query_frame(connection, f"FROM {name}").join(frame, on=_STILL_NAMED[name], how="anti")
        return _above(frame, _without_consent(gone))
    return frame


def _has(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    found = "SELECT 1 FROM information_schema.tables WHERE table_schema || '.' || table_name = ?"
    return bool(connection.execute(found, [name]).fetchall())


def _above(first: pl.DataFrame, second: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([first, second], how="diagonal_relaxed") if second.height else first


def _without_consent(gone: pl.DataFrame) -> pl.DataFrame:
    """A structure whose profile is withdrawn keeps its name in the file, but nobody agreed any more that it be shown."""
    if "partage_nominatif" not in gone.columns:
        return gone
    return gone.with_columns(partage_nominatif=pl.when(pl.col("partage_nominatif").is_not_null()).then(False))
