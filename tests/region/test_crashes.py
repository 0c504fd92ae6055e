"""`kill -9` of a build at any moment: the published release stays readable, and the next build completes."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.command_line.build import build
from pipelines.home import Home
from pipelines.receipt import read_receipts
from pipelines.release.reading import open_release, published
from sample_data.deliveries import deliveries

pytestmark = pytest.mark.long

EARLIER_AS_OF, AS_OF = date(2023, 9, 1), date(2024, 3, 1)
"""The first edition shows the first quarter, which never changes again; the second one all that is final since."""
EARLIER = [
    "cio/structures_2023.csv",
    "info-jeunes/structures_2023.csv",
    "cio/fiches_2023-T1.csv",
    "info-jeunes/fiches_2023-T1.csv",
]
LATER = [
    "cio/fiches_2023-T2.csv", "info-jeunes/fiches_2023-T2.csv", "cio/fiches_2023-T3.csv", "cio/fiches_2024-T1.csv",
    "cio/avis_2023-T1.csv", "info-jeunes/avis_2023-T1.csv", "info-jeunes/avis_un_mois_2023-S1.csv", "cio/structures_2024.csv",
    "cio/frequentation_2023.csv", "info-jeunes/frequentation_2023.csv", "cap-emploi/fiches_2024-T2_extraction.csv",
]  # fmt: skip
MOMENTS = 10
CHOSEN = [(moment + random.Random(2026 + moment).random()) / MOMENTS for moment in range(MOMENTS)]


Copied = Callable[[Path, Path], Path]


class Started:
    """A build in a process of its own."""

    def __init__(self, home: Path) -> None:
        command = [shutil.which("spro", path=Path(sys.executable).parent) or "spro", "build", "--home", str(home)]
        (home / ".lock").unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [*command, "--as-of", AS_OF.isoformat()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while not (home / ".lock").exists():
            assert self.process.poll() is None
            time.sleep(0.005)
        self.since = time.monotonic()

    def kill(self, after: float) -> int:
        """Kill it so many seconds after it took hold of the data folder; its exit code."""
        time.sleep(max(0.0, self.since + after - time.monotonic()))
        self.process.send_signal(signal.SIGKILL)
        return self.process.wait()


def _lay(home: Path, files: dict[str, tuple[bytes, float]], names: list[str], lay: Callable[..., Path]) -> None:
    for name in ["SYNTHETIQUE.txt", *names]:
        content, day = files[name]
        lay(home, name, content, day)


def _build(home: Path, as_of: date = AS_OF) -> None:
    build(Home(home), as_of, lambda *_: None)


def _release(home: Path) -> dict[str, list[Any]]:
    """Every row of the published release but those of its manifest."""
    with open_release(published(home / "releases")) as connection:
        tables = connection.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_name <> 'edition'"
        ).fetchall()
        return {table: connection.execute(f"FROM {table} ORDER BY ALL").fetchall() for (table,) in tables}


@pytest.fixture(scope="module")
def files() -> dict[str, tuple[bytes, float]]:
    """The sample's files: content, and day of delivery."""
    made = list(deliveries(2026))
    first = min(each.delivered for each in made)
    return {each.path: (each.content, (each.delivered - first).days) for each in made}


@pytest.fixture(scope="module")
def earlier(
    files: dict[str, tuple[bytes, float]], lay: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A data folder that has published a release of its first files, with the later ones waiting."""
    home = tmp_path_factory.mktemp("earlier")
    _lay(home, files, EARLIER, lay)
    _build(home, EARLIER_AS_OF)
    _lay(home, files, LATER, lay)
    return home


@pytest.fixture(scope="module")
def uninterrupted(earlier: Path, tmp_path_factory: pytest.TempPathFactory, copied: Copied) -> dict[str, list[Any]]:
    """The release of the same data folder, left in peace."""
    home = copied(earlier, tmp_path_factory.mktemp("uninterrupted") / "home")
    _build(home)
    return _release(home)


@pytest.fixture(scope="module")
def duration(earlier: Path, tmp_path_factory: pytest.TempPathFactory, copied: Copied) -> float:
    """How long the build lasts once it holds the data folder."""
    started = Started(copied(earlier, tmp_path_factory.mktemp("timed") / "home"))
    assert started.process.wait() == 1
    return time.monotonic() - started.since


def test_the_earlier_release_is_not_the_later_one(earlier: Path, uninterrupted: dict[str, list[Any]]) -> None:
    assert _release(earlier)["quality.valeurs"] != uninterrupted["quality.valeurs"]
    assert uninterrupted["attendance.frequentation"]
    assert uninterrupted["quality.controles"]


def test_a_build_killed_at_ten_moments_harms_nothing(
    earlier: Path, uninterrupted: dict[str, list[Any]], duration: float, tmp_path: Path, copied: Copied
) -> None:
    before = _release(earlier)
    killed = 0
    for moment in CHOSEN:
        home = copied(earlier, tmp_path / f"{moment:.3f}")
        killed += Started(home).kill(moment * duration) == -signal.SIGKILL
        assert _release(home) in (before, uninterrupted), moment
        _build(home)
        assert _release(home) == uninterrupted, moment
        _check_whole(home)
    assert killed >= MOMENTS / 2, "most builds had ended before they were killed"


def _check_whole(home: Path) -> None:
    """Nothing is left of the crash: every file answered once, every row accounted for."""
    assert not list(home.rglob(".aside-*"))
    receipts = read_receipts(home / "receipts")
    assert len(receipts) == len(EARLIER) + len(LATER)
    assert {receipt.etat for receipt in receipts} == {"acceptee", "refusee"}
    assert all(receipt.bilan.conserved for receipt in receipts)
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as warehouse:
        assert warehouse.execute("SELECT count(*) FROM livraisons").fetchone() == (len(receipts) - 1,)


def test_a_build_after_a_crash_says_nothing_new_the_second_time(
    earlier: Path, duration: float, tmp_path: Path, copied: Copied
) -> None:
    home = copied(earlier, tmp_path / "home")
    Started(home).kill(duration / 2)
    _build(home)
    pointer = (home / "releases" / "published.json").read_bytes()
    outcome = build(Home(home), AS_OF, lambda *_: None)
    assert (outcome.receipts, outcome.release) == ((), None)
    assert (home / "releases" / "published.json").read_bytes() == pointer
