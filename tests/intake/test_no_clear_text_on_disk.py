"""No clear text of a delivery touches a disk of ours: no spill folder, no transcoded copy."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from grids.errors import DeliveryRefused
from grids.network import Mapping, load_mapping
from pipelines.intake import door as door_module
from pipelines.intake.door import Passed
from pipelines.intake.recognition import Recognised
from pipelines.intake.sources import CsvSource

Door = Callable[..., Passed]
ROWS = "".join(f"FICTIF-{i};A-{i % 9};03/02/2025;Œil à œil\r\n" for i in range(5_000))
CONTENT = f"Numéro;Lieu;Reçu le;Canal – accueil\r\n{ROWS}"


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Path, int]:
    """Every folder where a library might leave a file, empty, and when it was last written to."""
    folders = [tmp_path / "tmp", tmp_path / "here", tmp_path / "home"]
    for folder in folders:
        folder.mkdir()
    for name in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(folders[0]))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(folders[1])
    monkeypatch.setenv("HOME", str(folders[2]))
    return {folder: folder.stat().st_mtime_ns for folder in folders}


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16"])
def test_nothing_is_written_while_a_file_passes(door: Door, watched: dict[Path, int], encoding: str) -> None:
    assert door(CONTENT.encode(encoding)).read == 5_000
    # Making a file and removing it again would show in the folder's own time.
    assert {folder: folder.stat().st_mtime_ns for folder in watched} == watched


def _source(path: Path, tool: Mapping) -> CsvSource:
    return CsvSource(path, "cp1252", ";", Recognised(tool.deliveries[0], ("Numéro",), 1, 0, 1))


def test_windows_text_is_transcoded_through_a_pipe(tmp_path: Path, tool: Mapping) -> None:
    path = tmp_path / "fichier.csv"
    path.write_bytes("Œil – ’".encode("cp1252"))
    with _source(path, tool)._address() as address:
        assert Path(address).is_fifo()
        assert Path(address).read_text(encoding="utf-8") == "Œil – ’"
    assert [each.name for each in tmp_path.iterdir()] == ["fichier.csv"]


def test_a_reader_that_stops_early_leaves_no_thread_waiting(tmp_path: Path, tool: Mapping) -> None:
    path = tmp_path / "fichier.csv"
    path.write_bytes(CONTENT.encode("cp1252") * 20)
    with _source(path, tool)._address():
        pass


@pytest.mark.parametrize("reader", ["csv", "limesurvey"])
def test_the_connection_of_the_door_has_no_spill_folder(door: Door, reader: str) -> None:
    survey = '"id";"submitdate";"STRUCT";"U03";"U10[SQ001]"\r\n"1";"2025-02-03 10:00:00";"A-1";"A1";""\r\n'
    connection = door(CONTENT if reader == "csv" else survey).connection
    assert connection.execute("SELECT current_setting('temp_directory')").fetchone() == ("",)
    assert connection.execute("SELECT count(*) FROM duckdb_temporary_files()").fetchone() == (0,)


def test_what_does_not_fit_in_memory_fails_rather_than_spills(door: Door) -> None:
    connection = door(CONTENT).connection
    connection.execute("SET memory_limit = '50MB'")
    with pytest.raises(duckdb.OutOfMemoryException):
        connection.execute("SELECT md5(range::VARCHAR) AS word FROM range(5_000_000) ORDER BY word").fetchall()


IDENTITIES = {
    "structure_id": "0199001234",
    "nom": "Contact fictif@exemple.invalid",
    "mode_collecte": "fictif@exemple.invalid",
    "actif_du": "01 99 00 12 34",
}


def _profile(column: str, value: str) -> str:
    cells = {
        "structure_id": "A-1", "nom": "Lieu FICTIF", "commune_insee": "35238", "mode_collecte": "outil",
        "actif_du": "2020-01-01", column: value,
    }  # fmt: skip
    return ";".join(cells) + "\r\n" + ";".join(cells.values()) + "\r\n"


@pytest.mark.parametrize(("column", "value"), IDENTITIES.items())
def test_a_file_refused_for_an_identity_leaves_nothing(door: Door, tmp_path: Path, column: str, value: str) -> None:
    with pytest.raises(DeliveryRefused, match="ressemble à"):
        door(_profile(column, value), load_mapping("apec"), into=tmp_path / "staged")
    assert not [path for path in (tmp_path / "staged").rglob("*") if path.is_file()]


@pytest.mark.parametrize(("column", "value"), IDENTITIES.items())
def test_a_crash_before_the_refusal_leaves_no_identity(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column: str, value: str
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(door_module._Staging, "refuse_identities", crash)
    with pytest.raises(KeyboardInterrupt):
        door(_profile(column, value), load_mapping("apec"), into=tmp_path / "staged")
    left = [path for path in (tmp_path / "staged").rglob("*") if path.is_file()]
    for path in left:
        with duckdb.connect(":memory:") as connection:
            assert value not in str(connection.execute(f"SELECT * FROM read_parquet('{path}')").fetchall())
        assert value.encode() not in path.read_bytes()


def test_a_file_whose_rows_do_not_hold_together_leaves_nothing(door: Door, tmp_path: Path) -> None:
    with pytest.raises(DeliveryRefused):
        door(CONTENT + "FICTIF;A-1;03/02/2025;Téléphone;de trop\r\n", into=tmp_path / "staged")
    assert not [path for path in (tmp_path / "staged").rglob("*") if path.is_file()]


def test_a_large_file_keeps_the_order_of_its_lines(door: Door, tmp_path: Path) -> None:
    rows = "".join(f"FICTIF-{i};A-{i};03/02/2025;Téléphone\r\n" for i in range(150_000))
    for short in ("", "FICTIF;A-150000\r\n"):
        passed = door(f"Numéro;Lieu;Reçu le;Canal – accueil\r\n{rows}{short}", into=tmp_path / "staged")
        wrong = passed.connection.execute(
            "SELECT count(*), count(*) FILTER (structure_id <> 'A-' || (ligne - 2)) FROM staged"
        ).fetchone()
        assert wrong == (150_000 + bool(short), 0)
