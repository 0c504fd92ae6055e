"""Pseudonymous references: the same record is known again, nobody reads back which it was."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from grids.errors import SproError
from grids.network import Mapping
from pipelines.home import Home
from pipelines.intake.door import Passed
from pipelines.intake.references import (
    closed_year_refusal,
    destroy_key,
    draft_keys,
    keep_keys,
    refuse_lost_keys,
    renew_key,
    stored_years,
    years_with_references,
)
from pipelines.receipt import Receipt, write_receipt

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


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "donnees")


def _stage(home: Home, door: Door, day: str = "03/02/2025", state: str = "acceptee") -> None:
    """One record through the door into the data folder, with its receipt."""
    door(_content(day=day), keys=home.keys, into=home.staged)
    told = {"livraison_id": "livraison", "rang": 1, "reseau": "cio", "fichier": "f.csv", "recue_le": "2025-03-01"}
    described = {**told, "correspondance": "", "contrat": "accueils", "etat": state}
    write_receipt(home.receipts, Receipt.model_validate(described))


def test_keys_live_beside_the_data_folder_in_a_folder_of_their_owner(home: Home, door: Door) -> None:
    _stage(home, door)
    assert home.keys == home.root.with_name("donnees-cles")
    assert stat.S_IMODE(home.keys.stat().st_mode) == 0o700
    assert not list(home.root.rglob("*.key"))


def test_another_folder_may_be_named_but_not_inside_the_data(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_KEYS", str(home.root.with_name("coffre")))
    assert home.keys == home.root.with_name("coffre")
    for inside in (home.root, home.root / "cles", home.root / ".." / "donnees" / "x"):
        monkeypatch.setenv("SPRO_KEYS", str(inside))
        with pytest.raises(SproError, match="ne peuvent pas être dans le dossier des données"):
            _ = home.keys


def test_a_key_found_in_the_old_place_is_moved_once(home: Home) -> None:
    old = home.root / "keys" / "2024.key"
    keep_keys(old.parent, {2024: "ab" * 32}, [2024])
    for _ in range(2):
        with home.held():
            assert draft_keys(home.keys)[2024] == "ab" * 32
        assert not old.parent.exists()
    assert stat.S_IMODE((home.keys / "2024.key").stat().st_mode) == 0o600


def test_a_move_that_was_cut_short_is_completed_and_two_keys_are_never_mixed_up(home: Home) -> None:
    for folder, key in ((home.root / "keys", "ab"), (home.keys, "ab")):
        keep_keys(folder, {2024: key * 32}, [2024])
    with home.held():
        assert not (home.root / "keys").exists()
    keep_keys(home.root / "keys", {2024: "cd" * 32}, [2024])
    with pytest.raises(SproError, match="deux clés différentes pour 2024"), home.held():
        pass
    assert draft_keys(home.keys)[2024] == "ab" * 32


def test_what_a_crash_left_of_a_key_is_swept(home: Home) -> None:
    home.keys.mkdir()
    (home.keys / ".aside-2024.key").write_text("ab", encoding="ascii")
    with home.held():
        assert not list(home.keys.iterdir())


def test_a_lost_key_is_told_and_never_silently_replaced(home: Home, door: Door) -> None:
    _stage(home, door)
    refuse_lost_keys(home)
    (home.keys / "2025.key").unlink()
    with pytest.raises(SproError, match=r"de 2025 a disparu") as lost:
        refuse_lost_keys(home)
    assert "spro year renew-key 2025" in lost.value.remedy
    renew_key(home, 2025, date(2026, 1, 5))
    refuse_lost_keys(home)


@pytest.mark.parametrize("reason", ["withdrawn", "read again", "closed"])
def test_a_key_that_nothing_needs_any_more_is_not_missed(home: Home, door: Door, reason: str) -> None:
    _stage(home, door, state="retiree" if reason == "withdrawn" else "acceptee")
    (home.keys / "2025.key").unlink()
    if reason == "closed":
        home.years.mkdir()
        (home.years / "2025.json").write_text("{}", encoding="utf-8")
    refuse_lost_keys(home, {"livraison"} if reason == "read again" else ())


def test_years_with_references_are_those_of_the_rows(home: Home, door: Door) -> None:
    assert years_with_references(home) == frozenset()
    _stage(home, door, day="03/02/2024")
    assert years_with_references(home) == {2024} == stored_years(home.keys)


def test_a_renewed_key_is_another_one_and_the_journal_says_so_without_it(home: Home, door: Door) -> None:
    _stage(home, door)
    before = draft_keys(home.keys)[2025]
    renew_key(home, 2025, date(2026, 1, 5))
    after = draft_keys(home.keys)[2025]
    assert before != after
    journal = (home.root / "journal-des-cles.json").read_text(encoding="utf-8")
    assert json.loads(journal) == [{"annee": 2025, "fait": "renouvelee", "le": "2026-01-05"}]
    assert before not in journal
    assert after not in journal


@pytest.mark.parametrize("year", [1999, 2100])
def test_a_year_out_of_range_has_no_key(home: Home, year: int) -> None:
    with pytest.raises(SproError, match="va de 2000 à 2099"):
        renew_key(home, year, date(2026, 1, 5))


def test_a_closed_year_has_no_new_key(home: Home) -> None:
    home.years.mkdir(parents=True)
    (home.years / "2025.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SproError, match="est close"):
        renew_key(home, 2025, date(2026, 1, 5))


def test_a_destroyed_key_is_overwritten_and_told_once(home: Home, tmp_path: Path) -> None:
    keep_keys(home.keys, {2025: "ab" * 32}, [2025])
    witness = tmp_path / "meme-fichier"
    witness.hardlink_to(home.keys / "2025.key")
    for _ in range(2):
        destroy_key(home, 2025, date(2026, 3, 1))
    assert not (home.keys / "2025.key").exists()
    assert b"ab" * 32 not in witness.read_bytes()
    assert len(json.loads((home.root / "journal-des-cles.json").read_text(encoding="utf-8"))) == 1


def test_a_file_of_a_closed_year_is_refused_in_a_sentence() -> None:
    refusal = closed_year_refusal([2025, 2024], "fiches.csv")
    assert str(refusal).startswith("fiches.csv : Ce fichier contient des lignes d'une année close (2024, 2025).")
