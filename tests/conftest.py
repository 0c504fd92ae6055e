"""What several rooms' tests share: a mapping in one line, files laid in an inbox, the command as a process, the region."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright

with warnings.catch_warnings():
    # Warnings are errors in our tests; those that great_expectations raises while it is imported are not ours to mend.
    warnings.simplefilter("ignore")
    import great_expectations  # noqa: F401

ROOT = Path(__file__).resolve().parents[1]
FIRST_OF_MARCH_2025 = 1_740_830_400

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

OPENED_TWICE = "opened twice"
"""What a test records of a page that did not come the first time."""

Spro = Callable[..., subprocess.CompletedProcess[str]]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What reads the sample region belongs to the long run: making it takes minutes, before anything is looked at."""
    for item in items:
        if "region" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.long)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a retry made pass is not passed over."""
    for report in (each for reports in terminalreporter.stats.values() for each in reports):
        for name, told in getattr(report, "user_properties", ()):
            if name == OPENED_TWICE and report.when == "teardown":
                terminalreporter.write_line(f"{report.nodeid} opened a page twice: {told}", yellow=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a worker: Playwright's synchronous side cannot be started twice in a process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def spro() -> Spro:
    """Runs the command `spro` as a process of its own."""
    return _spro


@pytest.fixture(scope="session")
def lay() -> Callable[[Path, str, str | bytes], Path]:
    """Lays a file in the inbox of a data folder, as if delivered some days after the 1st of March 2025."""
    return _lay


@pytest.fixture(scope="session")
def copied() -> Callable[[Path, Path], Path]:
    """Copies a data folder to a path, with the keys that stand beside it."""
    return _copied


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data folder of the sample region, built as of 1 March 2026: made once for all workers, read only."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    home, done = shared / "region", shared / "region.done"
    with FileLock(shared / "region.lock"):
        if not done.exists():
            shutil.rmtree(home, ignore_errors=True)
            _run("-m", "sample_data", "--out", str(home), "--seed", "2026")
            built = _spro("build", "--home", str(home), "--as-of", "2026-03-01")
            assert built.returncode == 1, built.stderr
            (shared / "region.out").write_text(built.stdout, encoding="utf-8")
            done.touch()
    return home


def _copied(home: Path, to: Path) -> Path:
    keys = home.with_name(f"{home.name}-cles")
    if keys.is_dir():
        shutil.copytree(keys, to.with_name(f"{to.name}-cles"))
    return Path(shutil.copytree(home, to))


def _spro(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [shutil.which("spro", path=Path(sys.executable).parent) or "spro", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
    )


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)


def _lay(home: Path, place: str, content: str | bytes, day: int = 0) -> Path:
    path = home / "inbox" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    moment = FIRST_OF_MARCH_2025 + day * 86_400
    os.utime(path, (moment, moment))
    return path
