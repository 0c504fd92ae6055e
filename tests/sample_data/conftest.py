"""One synthetic region for all the tests of this folder: its inbox on disk, and the records it was made from."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from sample_data.__main__ import DEFAULT_SEED, write_inbox
from sample_data.records import Records, records


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inbox of the region."""
    out = tmp_path_factory.mktemp("region")
    write_inbox(out, DEFAULT_SEED)
    return out / "inbox"


@pytest.fixture(scope="session")
def made() -> dict[str, Records]:
    """The records of each network, by its code."""
    return {each.network.code: each for each in records(DEFAULT_SEED)}


@pytest.fixture(scope="session")
def lines() -> Callable[[Path], list[list[str]]]:
    """Reads a file as its lines of cells: the first is line 1 of a spreadsheet."""
    return _lines


@pytest.fixture(scope="session")
def rows() -> Callable[[Path], list[dict[str, str]]]:
    """Reads a file as its records by heading, without title, total and blank lines."""
    return _rows


def _lines(path: Path) -> list[list[str]]:
    encoding = "utf-8-sig" if path.name.startswith("avis") else "cp1252"
    return list(csv.reader(path.read_bytes().decode(encoding).splitlines(), delimiter=";"))


def _rows(path: Path) -> list[dict[str, str]]:
    found = _lines(path)
    start = 0 if len(found[0]) > 1 else 1
    kept = [line for line in found[start + 1 :] if any(line) and line[0] != "TOTAL"]
    return [dict(zip(found[start], line, strict=True)) for line in kept]
