"""Consent to be shown by name is as last told, and ends with the profile that gave it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.release.copying import with_published


def _units(**consents: bool | None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "niveau": "structure",
            "unite_id": list(consents),
            "nom": "Lieu",
            "partage_nominatif": list(consents.values()),
        },
        schema_overrides={"partage_nominatif": pl.Boolean},
    )


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "published.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE SCHEMA reference; CREATE TABLE reference.periodes (pas VARCHAR, debut DATE)")
        connection.register("rows", _units(kept=True, revoked=True, given=False, withdrawn=True).to_arrow())
        connection.execute("CREATE TABLE reference.unites AS FROM rows")
    return path


def test_it_is_as_last_told_and_ends_with_the_profile(published: Path) -> None:
    now = _units(kept=True, revoked=False, given=True)
    made = with_published({"reference.unites": now}, published)["reference.unites"]
    assert dict(made.select("unite_id", "partage_nominatif").iter_rows()) == {
        "kept": True, "revoked": False, "given": True, "withdrawn": False,
    }  # fmt: skip


def test_an_edition_that_told_nothing_of_it_gives_none(published: Path) -> None:
    with duckdb.connect(str(published)) as connection:
        connection.execute("ALTER TABLE reference.unites DROP COLUMN partage_nominatif")
    made = with_published({"reference.unites": _units(kept=True)}, published)["reference.unites"]
    assert made.filter(pl.col("partage_nominatif"))["unite_id"].to_list() == ["kept"]
