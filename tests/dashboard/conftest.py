from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import duckdb
import pytest

from pipelines.release.reading import Release, open_release, published

from .grid_fixture import build_grid_release
from .release_fixture import build_release

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one published release."""
    folder = tmp_path_factory.mktemp("home")
    build_release(folder)
    return folder


@pytest.fixture(scope="session")
def release(home: Path) -> Release:
    return published(home / "releases")


@pytest.fixture(scope="session")
def connection(release: Release) -> Iterator[duckdb.DuckDBPyConnection]:
    opened = open_release(release)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[str]:
    """The address of a really started server on that folder."""
    yield from _served(home)


@pytest.fixture(scope="session")
def grid_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one published release, which holds the real versions of the grid."""
    folder = tmp_path_factory.mktemp("grid-home")
    build_grid_release(folder)
    return folder


@pytest.fixture(scope="session")
def grid_server(grid_home: Path) -> Iterator[str]:
    """The address of a really started server on that folder."""
    yield from _served(grid_home)


def _served(home: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--home", str(home), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except (URLError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(address)
