"""`spro build` in this process: new editions, refusals, nothing to publish, one build at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import Result
from filelock import FileLock
from typer.testing import CliRunner

from grids.errors import BuildBusy, ReleaseError
from pipelines.command_line.app import app
from pipelines.command_line.options import DONE, PARTLY

Lay = Callable[..., Path]
RUN = CliRunner(env={"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"})


@pytest.fixture
def home(small_home: Path, tmp_path: Path, copied: Callable[[Path, Path], Path]) -> Path:
    """A copy of the small data folder, to be written in."""
    return copied(small_home, tmp_path / "home")


def _build(home: Path) -> Result:
    return RUN.invoke(app, ["build", "--home", str(home), "--as-of", "2025-06-01"])


def _releases(home: Path) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in (home / "releases").iterdir()}


def test_a_new_file_makes_a_new_edition_and_leaves_the_old_one_as_it_was(lay: Lay, home: Path, records: str) -> None:
    before = _releases(home)
    lay(home, "apec/suite.csv", records.replace("FICTIF", "FICTIF-B"), 2)
    assert _build(home).exit_code == DONE
    after = _releases(home)
    old = set(before) - {"published.json", "journal.json"}
    assert len(old) == 2
    assert all(after[name] == before[name] for name in old)
    assert len([name for name in after if name.endswith(".duckdb")]) == 2
    assert after["published.json"] != before["published.json"]


@pytest.mark.parametrize(
    ("change", "words"), [(("tchat", "fax"), "4 en quarantaine"), (("canal", "conseiller"), "Refusé")]
)
@pytest.mark.long
def test_a_build_in_which_something_was_refused_says_so(
    lay: Lay, home: Path, records: str, change: tuple[str, str], words: str
) -> None:
    lay(home, "apec/suite.csv", records.replace(*change), 2)
    done = _build(home)
    assert done.exit_code == PARTLY
    assert words in done.output
    assert "apec/suite.csv" in done.output


def test_a_folder_where_everything_was_refused_publishes_nothing_and_says_why(lay: Lay, tmp_path: Path) -> None:
    lay(tmp_path, "apec/autre.csv", "fruit;prix\nFICTIF;3\n")
    done = _build(tmp_path)
    assert isinstance(done.exception, ReleaseError)
    assert "Rien à publier" in str(done.exception)
    assert "aucune livraison connue" in done.output
    assert not (tmp_path / "releases").exists()


@pytest.mark.parametrize("left", ["earlier", "none", "broken"])
@pytest.mark.long
def test_a_warehouse_that_a_dead_build_left_behind_is_made_again(lay: Lay, home: Path, records: str, left: str) -> None:
    """A build that dies once its edition is published leaves the warehouse of the build before."""
    earlier = (home / "warehouse.duckdb").read_bytes()
    lay(home, "apec/suite.csv", records.replace("FICTIF", "FICTIF-B"), 2)
    assert _build(home).exit_code == DONE
    published, whole = _releases(home), _deliveries(home)
    (home / "warehouse.duckdb").unlink()
    if left != "none":
        (home / "warehouse.duckdb").write_bytes(earlier if left == "earlier" else b"FICTIF")
    assert _build(home).exit_code == DONE
    assert _deliveries(home) == whole
    assert _releases(home) == published


def _deliveries(home: Path) -> set[tuple[str]]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as warehouse:
        return set(warehouse.execute("SELECT livraison_id FROM livraisons").fetchall())


def test_two_builds_at_once_are_one_too_many(home: Path) -> None:
    with FileLock(home / ".lock"):
        done = _build(home)
    assert isinstance(done.exception, BuildBusy)


def test_published_is_final_a_build_as_of_an_earlier_day_withdraws_no_period(home: Path) -> None:
    before = (home / "releases" / "published.json").read_bytes()
    RUN.invoke(app, ["build", "--home", str(home), "--as-of", "2024-06-01"])
    assert (home / "releases" / "published.json").read_bytes() == before
