"""The data folder: where each store lives, and how a file is written there so that a crash leaves no half of it.

The keys of the references live beside it, never inside: who copies the data folder does not copy what reads it back.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from grids.errors import BuildBusy, SproError

ASIDE = ".aside-"
"""Prefix of what is being built; whatever still bears it after a crash is rubbish."""

KEYS_VARIABLE = "SPRO_KEYS"
"""The environment variable that names the folder of the keys of one data folder."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
"""Modes of what its owner alone may read (on Windows, the rights of the folder apply)."""


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
        """The folder of the yearly keys: beside the data folder, or where SPRO_KEYS says.

        Raises SproError if SPRO_KEYS points inside the data folder.
        """
        root = self.root.resolve()
        named = os.environ.get(KEYS_VARIABLE)
        folder = Path(named).resolve() if named else root.with_name(f"{root.name}-cles")
        if folder.is_relative_to(root):
            raise SproError(
                "Les clés des références ne peuvent pas être dans le dossier des données.",
                place=f"{KEYS_VARIABLE}={named}",
                remedy="Choisissez un dossier à part : une copie des données ne doit pas emporter les clés.",
            )
        return folder

    @property
    def years(self) -> Path:
        """What was filed at the closing of each year."""
        return self.root / "years"

    @property
    def closing(self) -> Path:
        """The closing of a year that is under way; nothing when none is."""
        return self.root / "closing"

    def closed_years(self) -> frozenset[int]:
        """The years whose key is destroyed and whose references are erased."""
        return frozenset(int(path.stem) for path in self.years.glob("[0-9][0-9][0-9][0-9].json"))

    def frozen_deliveries(self) -> frozenset[str]:
        """The ids of the deliveries that hold rows of a closed year.

        They are never read, checked or withdrawn again: what has been anonymised cannot be recognised, nor made anew.
        """
        filed = (json.loads((self.years / f"{year}.json").read_text("utf-8")) for year in self.closed_years())
        return frozenset(delivery for each in filed for delivery in each["livraisons"])

    @property
    def settled(self) -> Path:
        """The counts behind what is published of the years still open."""
        return self.root / "settled"

    @property
    def shown(self) -> Path:
        """The counts of every cell that an edition shows, which what follows from its figures is made of."""
        return self.root / "shown"

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
                self._bring_keys_out()
                with self._telling_a_full_disk():
                    yield
        except Timeout:
            raise BuildBusy(
                "Une autre construction est en cours sur ce dossier.",
                place=str(self.root),
                remedy="Attendez qu'elle se termine, puis relancez la commande.",
            ) from None

    @contextmanager
    def _telling_a_full_disk(self) -> Iterator[None]:
        try:
            yield
        except (OSError, duckdb.IOException) as error:
            if not _says_full(error):
                raise
            self._sweep()
            raise SproError(
                "Il n'y a plus de place sur le disque : la construction s'arrête, ce qui était publié le reste.",
                place=str(self.root),
                remedy="Libérez de la place, puis relancez la commande : elle reprend avec les fichiers qui manquent.",
            ) from None

    def _sweep(self) -> None:
        # The inbox is not ours to sweep: it belongs to the networks.
        for store in (self.staged, self.receipts, self.releases, self.years, self.settled, self.shown):
            for left_over in store.rglob(f"{ASIDE}*"):
                left_over.unlink()
        for folder in (self.root, self.keys):
            for left_over in folder.glob(f"{ASIDE}*"):
                left_over.unlink()

    def _bring_keys_out(self) -> None:
        """Move the keys that an earlier version kept inside the data folder. Raises SproError if two keys disagree."""
        inside = self.root / "keys"
        for old in sorted(inside.glob("*.key")):
            _move_key(old, self.keys / old.name)
        if inside.is_dir() and not any(inside.iterdir()):
            inside.rmdir()


def aside(path: Path) -> Path:
    """Where to build the file that will become `path`: same folder, so that the swap is atomic."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f"{ASIDE}{path.name}")


def put_in_place(built: Path, path: Path) -> None:
    """Make `built` become `path`, durably and at once."""
    make_durable(built)
    built.replace(path)
    _sync_folder(path.parent)


def write_json(path: Path, content: Any) -> None:
    """Write `content` as readable JSON, whole or not at all."""
    built = aside(path)
    built.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    put_in_place(built, path)


def write_private(path: Path, text: str) -> None:
    """Write `text` (ASCII), whole or not at all, in a folder and a file that their owner alone may read."""
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    path.parent.chmod(PRIVATE_FOLDER)
    built = aside(path)
    built.touch(mode=PRIVATE_FILE)
    built.write_text(text, encoding="ascii")
    put_in_place(built, path)


def make_durable(path: Path) -> None:
    """Make sure that the file at `path`, and its name, are on the disk before anything relies on them."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def erase(path: Path) -> None:
    """Overwrite the file at `path`, then remove it, durably; nothing happens if it is gone already.

    What copies a disk keeps (backups, snapshots, the spare cells of a flash drive) is out of reach.
    """
    if not path.is_file():
        return
    with path.open("rb+") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    remove(path)


def remove(path: Path) -> None:
    """Remove the file at `path`, durably; nothing happens if it is gone already."""
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        _sync_folder(path.parent)


def _move_key(old: Path, new: Path) -> None:
    if new.is_file() and new.read_bytes() != old.read_bytes():
        raise SproError(
            f"Il y a deux clés différentes pour {old.stem}.",
            place=f"{old} et {new}",
            remedy="Gardez celle qui a servi aux dernières livraisons et mettez l'autre à l'écart.",
        )
    if not new.is_file():
        write_private(new, old.read_text(encoding="ascii"))
    erase(old)


def _says_full(error: OSError | duckdb.IOException) -> bool:
    # DuckDB tells the system's number within a text.
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    return any(f'"errno":"{number}"' in str(error) for number in _NO_ROOM)


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder to sync it; there the rename alone has to do.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
