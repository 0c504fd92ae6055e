"""`spro` as a process of its own: 0 done, 1 something was refused, 2 nothing could be done; never a traceback."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
Spro = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(small_home: Path, tmp_path: Path, copied: Callable[[Path, Path], Path]) -> Path:
    """A copy of the small data folder, to be written in."""
    return copied(small_home, tmp_path / "home")


def _said(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stdout + done.stderr
    return " ".join((done.stdout + done.stderr).split())


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        pytest.param(("", ""), 0, "4 lignes lues", id="a good file"),
        pytest.param(("tchat", "fax"), 1, "4 en quarantaine", id="rows in quarantine"),
        pytest.param(("canal", "conseiller"), 2, "Refusé", id="refused"),
    ],
)
@pytest.mark.long
def test_checking_a_file(
    spro: Spro, small_home: Path, tmp_path: Path, records: str, change: tuple[str, str], code: int, words: str
) -> None:
    file = tmp_path / "fiches.csv"
    file.write_text(records.replace(*change) if change[0] else records, encoding="utf-8")
    done = spro("check", str(file), "--network", "apec", "--home", str(small_home))
    assert done.returncode == code
    assert words in _said(done)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(
            ["check", "FILE", "--network", "inconnu"], "« inconnu » n'est pas un réseau", id="unknown network"
        ),
        pytest.param(["check", "absent.csv", "--network", "apec"], "absent.csv", id="a file that is not there"),
        pytest.param(["check", "FILE"], "--network", id="no network"),
        pytest.param(["release", "list"], "Aucune édition dans ce dossier.", id="no edition"),
        pytest.param(["build"], "Rien à publier", id="an empty folder"),
        pytest.param(["build", "--as-of", "hier"], "--as-of", id="no date"),
        pytest.param(["build", "--as-of", "2020-01-01"], "Aucune version de la grille", id="before the grid"),
        pytest.param(["inconnue"], "inconnue", id="no such command"),
    ],
)
@pytest.mark.long
def test_nothing_could_be_done(spro: Spro, tmp_path: Path, records: str, arguments: list[str], words: str) -> None:
    file = tmp_path / "fiches.csv"
    file.write_text(records, encoding="utf-8")
    home = [] if arguments == ["inconnue"] else ["--home", str(tmp_path / "home")]
    done = spro(*(str(file) if each == "FILE" else each for each in arguments), *home)
    assert done.returncode == 2
    assert words in _said(done)


def _state(home: Path) -> dict[str, tuple[int, bytes]]:
    """Bytes and time of every file that a build makes."""
    return {
        str(path.relative_to(home)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


@pytest.mark.long
def test_a_second_build_finds_nothing_new_and_touches_nothing(spro: Spro, home: Path) -> None:
    before = _state(home)
    assert any(name.startswith("releases/") for name in before)
    done = spro("build", "--home", str(home), "--as-of", "2025-06-02")
    assert done.returncode == 0
    assert "Rien de nouveau : l'édition publiée reste la même." in _said(done)
    assert _state(home) == before
