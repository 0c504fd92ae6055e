"""Pseudonymous references: the same record is known again, nobody reads back which it was."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from grids.network import Mapping
from pipelines.intake.door import Passed
from pipelines.intake.references import draft_keys, keep_keys

Door = Callable[..., Passed]
CLEAR = "FICTIF-REFERENCE-000123"


def _content(reference: str = CLEAR, day: str = "03/02/2025") -> str:
    return f"Numéro;Lieu;Reçu le\r\n{reference};A-1;{day}\r\n"


def _reference(passed: Passed) -> str | None:
    row = passed.connection.execute("SELECT accueil_ref FROM staged").fetchone()
    assert row is not None
    return None if row[0] is None else str(row[0])


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def test_a_reference_has_128_bits(door: Door, keys: Path) -> None:
    found = _reference(door(_content(), keys=keys))
    assert found is not None
    assert str(UUID(found)) == found


def test_the_same_reference_gives_the_same_one_whenever_and_in_whatever_file_of_its_year(
    door: Door, keys: Path
) -> None:
    first = _reference(door(_content(), keys=keys))
    again = _reference(door(_content(day="19/11/2025").replace("A-1", "A-2"), keys=keys))
    assert first == again


def test_two_references_give_two(door: Door, keys: Path) -> None:
    assert _reference(door(_content(), keys=keys)) != _reference(door(_content(CLEAR + "4"), keys=keys))


def test_another_network_gives_another_one(door: Door, keys: Path, tool: Mapping) -> None:
    other = tool.model_copy(update={"network": "apec"})
    assert _reference(door(_content(), keys=keys)) != _reference(door(_content(), other, keys))


def test_another_year_has_another_key_hence_another_reference(door: Door, keys: Path) -> None:
    assert _reference(door(_content(), keys=keys)) != _reference(door(_content(day="03/02/2024"), keys=keys))
    assert {path.name for path in keys.iterdir()} == {"2024.key", "2025.key"}
    assert len({path.read_text() for path in keys.iterdir()}) == 2


def test_another_home_gives_another_one(door: Door, keys: Path, tmp_path: Path) -> None:
    assert _reference(door(_content(), keys=keys)) != _reference(door(_content(), keys=tmp_path / "elsewhere"))


def test_a_row_without_a_readable_month_has_no_reference(door: Door, keys: Path) -> None:
    assert _reference(door(_content(day="31/02/2025"), keys=keys)) is None
    assert not keys.exists()


def test_a_key_is_made_once_readable_by_its_owner_alone(keys: Path) -> None:
    made = draft_keys(keys)
    assert not keys.exists()
    keep_keys(keys, made, [2025])
    keep_keys(keys, draft_keys(keys), [2025])
    assert draft_keys(keys)[2025] == made[2025]
    assert draft_keys(keys)[2024] != made[2024]
    assert [path.name for path in keys.iterdir()] == ["2025.key"]
    assert len(bytes.fromhex(made[2025])) == 32
    assert stat.S_IMODE((keys / "2025.key").stat().st_mode) == 0o600


def test_a_destroyed_key_is_not_found_again(door: Door, keys: Path) -> None:
    before = _reference(door(_content(), keys=keys))
    (keys / "2025.key").unlink()
    assert _reference(door(_content(), keys=keys)) != before


@pytest.mark.parametrize("table", ["accueils", "reponses"])
def test_a_clear_reference_stands_nowhere_in_what_is_stored(door: Door, keys: Path, tmp_path: Path, table: str) -> None:
    survey = f'"id";"submitdate";"STRUCT";"U03";"U10[SQ001]"\r\n"{CLEAR}";"2025-02-03 10:00:00";"A-1";"A1";""\r\n'
    passed = door(_content() if table == "accueils" else survey, keys=keys, into=tmp_path / "staged")
    assert passed.delivery.table == table
    stored = tmp_path / "staged" / table / "livraison.parquet"
    cells = passed.connection.execute(f"SELECT * FROM read_parquet('{stored}')").fetchall()
    assert len(cells) == 1
    assert CLEAR not in str(cells)
    assert not any(word in stored.read_bytes() for word in (b"REFERENCE", b"000123"))


@pytest.mark.parametrize("folder", ["staged", None])
def test_nothing_of_the_source_is_held_once_the_file_has_passed(door: Door, tmp_path: Path, folder: str | None) -> None:
    connection = door(_content(), into=tmp_path / folder if folder else None).connection
    tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    held = [
        str(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in ["staged", *(t for (t,) in tables)]
    ]
    assert "A-1" in held[0]
    assert not [rows for rows in held if CLEAR in rows or "03/02/2025" in rows]
