"""The zip package of a workbook, opened with care: what it declares and what it unfolds to are bounded first."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from grids.errors import DeliveryRefused

MOST_BYTES = 1 << 30
"""What a package may unfold to."""
MOST_RATIO = 200
"""How many times a member may be larger than it is packed, beyond `FREE_BYTES`."""
FREE_BYTES = 10 << 20
"""A member that unfolds to less is never a bomb: an empty sheet packs very well."""
MOST_MEMBERS = 10_000

_CHUNK = 1 << 20
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError)
"""What the library raises, and not only its own error, for a package that makes no sense."""
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_package(path: Path) -> None:
    """Raise DeliveryRefused if the package is damaged, protected, or too large once unfolded. Unfolds nothing."""
    with _opened(path) as package:
        members = package.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise _too_large(path)
    if any(member.file_size > max(FREE_BYTES, MOST_RATIO * member.compress_size) for member in members):
        raise _too_large(path)
    if any(member.flag_bits & 0x1 for member in members):
        raise protected(path)
    names = [member.filename.casefold() for member in members]
    if len(set(names)) < len(names) or any(member.compress_type not in _PACKINGS for member in members):
        raise damaged(path)


def member_names(path: Path) -> frozenset[str]:
    """The names of the members of the package."""
    with _opened(path) as package:
        return frozenset(package.namelist())


def mimetype(path: Path) -> str:
    """What the package's member `mimetype` says it is (OpenDocument files say so), or ''."""
    with _opened(path) as package:
        if "mimetype" not in package.namelist():
            return ""
        with package.open("mimetype") as member:
            return member.read(200).decode("ascii", "replace").strip()


def unfolded(path: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each member of the package: its name, and its content in pieces, its checksum verified once the last is read.

    What the caller does not read of a member is read all the same. Raises DeliveryRefused if the package is damaged.
    """
    with _opened(path) as package:
        for member in package.infolist():
            with package.open(member) as content:
                pieces = _pieces(path, content)
                yield member.filename, pieces
                for _ in pieces:
                    pass


def damaged(path: Path) -> DeliveryRefused:
    """The refusal of a workbook that cannot be read whole."""
    return DeliveryRefused(
        "Ce classeur est abîmé ou incomplet.",
        place=path.name,
        remedy="Ouvrez-le dans votre tableur, enregistrez-le de nouveau en .xlsx ou en .ods, puis redéposez-le.",
    )


def protected(path: Path) -> DeliveryRefused:
    """The refusal of a workbook that a password protects."""
    return DeliveryRefused(
        "Ce classeur est protégé par un mot de passe.",
        place=path.name,
        remedy="Enregistrez-le sans mot de passe, puis redéposez-le.",
    )


def _too_large(path: Path) -> DeliveryRefused:
    return DeliveryRefused(
        "Une fois déplié, ce classeur serait démesuré : il n'est pas ouvert.",
        place=path.name,
        remedy="Exportez les données en CSV, ou copiez-les dans un classeur neuf, puis redéposez-le.",
    )


def _pieces(path: Path, content: IO[bytes]) -> Iterator[bytes]:
    try:
        while piece := content.read(_CHUNK):
            yield piece
    except _ERRORS:
        raise damaged(path) from None


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as package:
            yield package
    except _ERRORS:
        raise damaged(path) from None
