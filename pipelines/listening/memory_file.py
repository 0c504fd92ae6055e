"""An anonymous file in memory: it has no name in any folder, and is gone when it is closed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from grids.errors import SproError


@dataclass(frozen=True)
class MemoryFile:
    """`bytes` is where to write; `path` is an address by which this process alone reads it, as often as it likes."""

    bytes: BinaryIO
    path: Path


@contextmanager
def memory_file() -> Iterator[MemoryFile]:
    """An empty file in memory, for as long as the context lasts.

    Raises SproError where the system has none (see check_memory_files).
    """
    check_memory_files()
    with os.fdopen(os.memfd_create("depot"), "w+b") as opened:
        yield MemoryFile(opened, Path(f"/proc/self/fd/{opened.fileno()}"))


def check_memory_files() -> None:
    """Raise SproError if this system has no anonymous memory files: only Linux has."""
    if not memory_files_exist():
        raise SproError(
            "La porte des livraisons ne s'ouvre que sous Linux : ailleurs, un fichier reçu toucherait le disque.",
            remedy="Déposez les fichiers dans inbox/<réseau>/, puis lancez « spro build ».",
        )


def memory_files_exist() -> bool:
    """Whether this system has anonymous memory files that a path of its own reaches."""
    return sys.platform == "linux" and hasattr(os, "memfd_create")
