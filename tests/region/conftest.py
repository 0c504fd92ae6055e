"""What the region's tests read: its release, its receipts, what was planted in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from ruamel.yaml import YAML

import sample_data


@pytest.fixture(scope="session")
def release_file(region: Path) -> Path:
    """The file of the published release."""
    pointer = json.loads((region / "releases" / "published.json").read_text(encoding="utf-8"))
    return region / "releases" / str(pointer["fichier"])


@pytest.fixture
def release(release_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(release_file), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def receipts(region: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """The receipts as networks read them, by network and file."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (region / "receipts").glob("*/*.json")]
    return {(each["reseau"], each["fichier"]): each for each in found}


@pytest.fixture(scope="session")
def planted() -> dict[str, Any]:
    """planted.yaml."""
    path = Path(sample_data.__file__).with_name("planted.yaml")
    content: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return content
