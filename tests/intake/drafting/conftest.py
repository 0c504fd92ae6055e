"""A file drafted as a mapping, and read back as the product reads one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from grids.definitions import read_definition
from grids.load import load_grid
from grids.model import Grid
from grids.network import Delivery, Mapping
from grids.versions import version_in_force
from pipelines.intake.drafting.draft import drafted_deliveries
from pipelines.intake.drafting.writing import mapping_text


@pytest.fixture(scope="session")
def grid() -> Grid:
    """The grid in force."""
    return load_grid(version_in_force(date.today()).version)


@pytest.fixture
def drafted_text(tmp_path: Path, grid: Grid) -> Callable[[str | bytes | Path], str]:
    """The text of the mapping drafted from a file, or from what a CSV file would hold."""

    def text(content: str | bytes | Path) -> str:
        path = content if isinstance(content, Path) else tmp_path / "export.csv"
        if not isinstance(content, Path):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return mapping_text("cibc", "CIBC", drafted_deliveries(path, grid))

    return text


@pytest.fixture
def drafted(
    tmp_path: Path, drafted_text: Callable[[str | bytes | Path], str]
) -> Callable[[str | bytes | Path], Delivery]:
    """The one delivery drafted from a file, read back from its text."""

    def delivery(content: str | bytes | Path) -> Delivery:
        path = tmp_path / "brouillon.yaml"
        path.write_text(drafted_text(content), encoding="utf-8")
        [found] = read_definition(Mapping, path).deliveries
        return found

    return delivery
