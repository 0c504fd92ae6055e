"""The data folder: where each store lives, and how a file is written there so that a crash leaves no half of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from grids.errors import BuildBusy

ASIDE = ".aside-"
"""Prefix of what is being built; whatever still bears it after a crash is rubbish."""


@dataclass(frozen=True)
class Home:
    """The stores under one data folder."""

    root: Path

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def staged(self) -> Path:
        return self.root / "staged"

    @property
    def receipts(self) -> Path:
        return self.root / "receipts"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse.duckdb"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def synthetic(self) -> bool:
        """Whether the inbox says that it was generated."""
        return (self.inbox / "SYNTHETIQUE.txt").exists()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the data folder for one build; what a crash left aside is swept first. Raises BuildBusy if it is held."""
        self.root.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.root / ".lock", timeout=0):
                self._sweep()
                yield
        except Timeout:
            raise BuildBusy(
                "Une autre construction est en cours sur ce dossier.",
                place=str(self.root),
                remedy="Attendez qu'elle se termine, puis relancez la commande.",
            ) from None

    def _sweep(self) -> None:
        # The inbox is not ours to sweep: it belongs to the networks.
        for store in (self.staged, self.receipts, self.keys, self.releases):
            for left_over in store.rglob(f"{ASIDE}*"):
                left_over.unlink()
        for left_over in self.root.glob(f"{ASIDE}*"):
            left_over.unlink()


def aside(path: Path) -> Path:
    """Where to build the file that will become `path`: same folder, so that the swap is atomic."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f"{ASIDE}{path.name}")


def put_in_place(built: Path, path: Path) -> None:
    """Make `built` become `path`, durably and at once."""
    with built.open("rb+") as file:
        os.fsync(file.fileno())
    built.replace(path)
    _sync_folder(path.parent)


def write_json(path: Path, content: Any) -> None:
    """Write `content` as readable JSON, whole or not at all."""
    built = aside(path)
    built.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    put_in_place(built, path)


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder to sync it; there the rename alone has to do.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
