"""What was refused or removed leaves no byte anywhere; a door killed in the middle leaves nothing half-written."""

from __future__ import annotations

import os
import secrets
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb
import pytest

from grids.network import load_mapping
from pipelines.home import ASIDE, Home
from pipelines.listening.delivery import deliver
from pipelines.receipt import read_receipts
from tests.listening.conftest import PROFILES, SECRET, Door, eventually, opened

pytestmark = pytest.mark.long
Records = Callable[..., bytes]
LARGEST_LOOKED_INTO = 50_000_000


def holding(marker: bytes, since: float, *folders: Path) -> list[Path]:
    """The files changed since then in which the marker stands, as bytes or in a cell of a Parquet file."""
    found = []
    for path in {each for folder in folders for each in _files(folder)}:
        try:
            state = path.stat()
            if state.st_mtime < since - 1 or state.st_size > LARGEST_LOOKED_INTO:
                continue
            content = path.read_bytes()
            cells = _cells(path) if content[:4] == b"PAR1" else ""
        except OSError:
            continue
        if marker in content or marker.decode() in cells:
            found.append(path)
    return found


def _files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder, onerror=lambda _: None):
        yield from (path for name in names if (path := Path(place) / name).is_file() and not path.is_fifo())


def _cells(path: Path) -> str:
    # A damaged file has no cells; its bytes are looked into all the same.
    with duckdb.connect(":memory:") as connection, suppress(duckdb.Error):
        return str(connection.execute("SELECT * FROM read_parquet($path)", {"path": str(path)}).fetchall())
    return ""


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    marker, since = secrets.token_hex(16), time.time()
    (tmp_path / "clair.txt").write_text(f"avant {marker} après", encoding="utf-8")
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"COPY (SELECT '{marker}' AS x FROM range(1000)) TO '{tmp_path / 'x.parquet'}'")
    assert {path.name for path in holding(marker.encode(), since, tmp_path)} == {"clair.txt", "x.parquet"}


def test_what_was_refused_or_removed_leaves_no_byte(door: Door) -> None:
    marker, since = secrets.token_hex(16), time.time()
    for encoding in ("utf-8", "cp1252"):
        for essai in ("0", "1"):
            assert door.send(refused(marker).encode(encoding), essai=essai).said["etat"] == "refusee"
    kept = door.send(with_a_removed_column(marker).encode(), network="mission-locale").said
    assert kept["etat"] == "lue"
    assert "jamais gardées" in kept["page"]
    assert list((door.home / "staged").rglob(f"{kept['livraison']}.parquet"))
    assert holding(marker.encode(), since, door.home, Path("/tmp"), Path("/dev/shm")) == []
    assert list(door.temporary.iterdir()) == []


def refused(marker: str) -> str:
    """A file with an identity in its headings, too long to fit in one piece of a request."""
    rows = "".join(f"{marker};A-1;2025-02-03;tchat;é\n" for _ in range(2_000))
    return f"accueil_ref;structure_id;mois;canal;Nom de l'agent\n{rows}"


def with_a_removed_column(marker: str) -> str:
    """A file of Missions locales whose columns to remove hold the marker."""
    delivery = load_mapping("mission-locale").deliveries[0]
    headings = [*delivery.kept_headings, *delivery.removed]
    cells = [marker if heading in delivery.removed else "" for heading in headings]
    return "\n".join(";".join(row) for row in [headings, *[cells] * 50]) + "\n"


def test_a_door_killed_while_a_file_arrives_leaves_nothing(tmp_path: Path, records: Records) -> None:
    with opened(tmp_path) as door:
        connection = door.connection()
        connection.putrequest("POST", "/livraisons?reseau=cibc&fichier=moitie.csv")
        connection.putheader("X-Spro-Cle", SECRET)
        connection.putheader("Content-Length", "1000")
        connection.endheaders(records("moitie")[:60])
        door.process.kill()
        door.process.wait()
        connection.close()
        assert not [path for path in door.home.rglob("*") if path.is_file()]


def test_a_door_killed_while_it_works_leaves_a_whole_delivery_or_none(tmp_path: Path, records: Records) -> None:
    content = records("coupee", 5_000)
    with opened(tmp_path) as door:
        door.send(PROFILES.encode())
        connection = door.connection()
        headers = {"X-Spro-Cle": SECRET}
        connection.request("POST", "/livraisons?reseau=cibc&fichier=coupee.csv", content, headers)
        assert eventually((door.home / "staged" / "accueils").exists)
        door.process.send_signal(signal.SIGKILL)
        door.process.wait()
        connection.close()
    home = Home(door.home)
    assert all(receipt.controles for receipt in read_receipts(home.receipts))
    _deliver_again(home, tmp_path, content)


def _deliver_again(home: Home, folder: Path, content: bytes) -> None:
    """The next delivery sweeps what was left aside, and the same file is then whole."""
    path = folder / "coupee.csv"
    path.write_bytes(content)
    receipt = deliver(home, path, "coupee.csv", "cibc", date.today()).receipt
    assert (receipt.etat, receipt.bilan.lues) == ("lue", 5_000)
    assert not list(home.root.rglob(f"{ASIDE}*"))
