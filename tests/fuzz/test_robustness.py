"""What goes wrong around the door: no room on the disk, a file that changes under its reader, two builds at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.home import ASIDE
from pipelines.receipt import read_receipts

pytestmark = pytest.mark.long

Lay = Callable[..., Path]
Spro = Callable[..., subprocess.CompletedProcess[str]]
PROFILES = "structure_id;nom;commune_insee;mode_collecte;actif_du\nA-1;Lieu FICTIF;35238;outil;2020-01-01\n"
ROWS = 200_000
AS_OF = "2025-06-01"


def _records(rows: int, channel: str = "tchat") -> str:
    """Records of one channel, so that a mixture of two files shows."""
    lines = "".join(f"FICTIF-{n:07};A-1;2025-02-03;{channel}\n" for n in range(rows))
    return f"accueil_ref;structure_id;mois;canal\n{lines}"


def _said(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stdout + done.stderr, done.stderr[-2_000:]
    return done.stdout + done.stderr


def _half_written(home: Path) -> list[Path]:
    return list(home.rglob(f"{ASIDE}*"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose staged deliveries lie on a disk of 200 kB; it can be made larger."""
    staged = tmp_path / "home" / "staged"
    staged.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(staged)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root alone")
    yield staged.parent
    subprocess.run(["umount", str(staged)], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="no small disk can be mounted on this system")
def test_a_full_disk_is_told_and_the_next_build_completes(spro: Spro, lay: Lay, small_disk: Path) -> None:
    lay(small_disk, "apec/structures.csv", PROFILES)
    lay(small_disk, "apec/fiches.csv", _records(30_000), 1)
    full = spro("build", "--home", str(small_disk), "--as-of", AS_OF)
    assert full.returncode == 2
    assert "plus de place sur le disque" in _said(full)
    assert _half_written(small_disk) == []
    subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk / "staged")], check=True)
    done = spro("build", "--home", str(small_disk), "--as-of", AS_OF)
    assert done.returncode == 0, _said(done)
    assert "2 fichiers lus." in done.stdout
    assert "Édition publiée" in done.stdout


class Paused:
    """A build in a process of its own, stopped while it reads a large file."""

    def __init__(self, home: Path) -> None:
        command = shutil.which("spro", path=Path(sys.executable).parent) or "spro"
        self.process = subprocess.Popen(
            [command, "build", "--home", str(home), "--as-of", AS_OF],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
        )
        while not list((home / "staged").rglob(f"{ASIDE}*")):
            assert self.process.poll() is None, "the build ended before it could be stopped"
            time.sleep(0.002)
        self.process.send_signal(signal.SIGSTOP)
        assert list((home / "staged").rglob(f"{ASIDE}*")), "the file was read before the build could be stopped"

    def resumed(self) -> str:
        """What it says once it has gone on to its end."""
        self.process.send_signal(signal.SIGCONT)
        out, err = self.process.communicate(timeout=120)
        assert "Traceback" not in out + err, err[-2_000:]
        return out + err


def _append(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(f"FICTIF-B{n};A-1;2025-02-03;telephone\n" for n in range(ROWS // 2)))


def _truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _rewrite(path: Path) -> None:
    path.write_text(_records(ROWS, "telephone"), encoding="utf-8")


def _replace(path: Path) -> None:
    beside = path.with_name(".autre")
    _rewrite(beside)
    beside.replace(path)


def _take_away(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("change", "encoding"),
    [
        pytest.param(_append, "utf-8", id="appended to"),
        pytest.param(_truncate, "utf-8", id="truncated"),
        pytest.param(_truncate, "cp1252", id="truncated while it is transcoded"),
        pytest.param(_rewrite, "cp1252", id="rewritten while it is transcoded"),
        pytest.param(_replace, "utf-8", id="replaced"),
        pytest.param(_take_away, "utf-8", id="taken away"),
    ],
)
def test_a_file_that_changes_while_it_is_read_is_never_a_mixture(
    lay: Lay, tmp_path: Path, change: Callable[[Path], None], encoding: str
) -> None:
    title = "" if encoding == "utf-8" else "Export FICTIF « été »\n"
    path = lay(tmp_path, "apec/fiches.csv", (title + _records(ROWS)).encode(encoding))
    paused = Paused(tmp_path)
    change(path)
    said = paused.resumed()
    [receipt] = read_receipts(tmp_path / "receipts")
    staged = [each for each in (tmp_path / "staged").rglob("*") if each.is_file()]
    if receipt.etat == "refusee":
        assert "a changé pendant qu'il était lu" in said
        assert staged == []
    else:
        assert _channels(staged[0]) == [("tchat", ROWS)]


def _channels(staged: Path) -> list[tuple[str, int]]:
    with duckdb.connect(":memory:") as connection:
        return connection.execute(
            "SELECT canal, count(*) FROM read_parquet($1) GROUP BY canal", [str(staged)]
        ).fetchall()


def test_a_second_build_says_that_it_has_to_wait(spro: Spro, lay: Lay, tmp_path: Path) -> None:
    lay(tmp_path, "apec/structures.csv", PROFILES)
    lay(tmp_path, "apec/fiches.csv", _records(ROWS), 1)
    first = Paused(tmp_path)
    second = spro("build", "--home", str(tmp_path), "--as-of", AS_OF)
    assert second.returncode == 2
    assert "Une autre construction est en cours" in _said(second)
    assert "Édition publiée" in first.resumed()
