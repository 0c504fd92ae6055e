"""Mutations of bytes: what a copy, a mail or a disk does to a file once it is written."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from random import Random

Damage = Callable[[Random, bytes], bytes]

_BYTES = (
    b"\0", b"\xff", b"\x81", b"\x8d\x9d", b"\xef\xbb\xbf", b'"', b";", b"\n", b"\r", b"\r\n", b"\xc3", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"\x1a", b"PK\x03\x04", b"\xe2\x80\xa8", b"\x85",
)  # fmt: skip
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"999999999",
    b"4294967295",
    b"18446744073709551616",
    b"1e400",
    b"",
    b"\xc3\xa9",
    b"A0",
    b"ZZZ1048577",
)
_NOT_A_PACKAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_TELLING_PARTS = ("sheet", "content", "workbook", "styles")


def _flip(random: Random, content: bytes) -> bytes:
    flipped = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 8, 40))):
        if flipped:
            flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
    return bytes(flipped)


def _insert(random: Random, content: bytes) -> bytes:
    for _ in range(random.choice((1, 1, 3))):
        at = random.randint(0, len(content))
        content = content[:at] + random.choice(_BYTES) * random.choice((1, 1, 5)) + content[at:]
    return content


def _delete(random: Random, content: bytes) -> bytes:
    at, length = random.randint(0, len(content)), random.choice((1, 2, 10, 200))
    return content[:at] + content[at + length :]


def _truncate(random: Random, content: bytes) -> bytes:
    return content[: random.choice((random.randint(0, len(content)), random.randint(0, 64), max(len(content) - 5, 0)))]


def _duplicate(random: Random, content: bytes) -> bytes:
    at, length, to = (
        random.randint(0, len(content)),
        random.choice((1, 20, 300, 5_000)),
        random.randint(0, len(content)),
    )
    return content[:to] + content[at : at + length] + content[to:]


def _mixed_encodings(random: Random, content: bytes) -> bytes:
    at = random.randint(0, len(content))
    other = random.choice(("cp1252", "utf-16", "utf-8-sig", "latin-1"))
    return content[:at] + content[at:].decode("utf-8", "replace").encode(other, "replace")


def _part(random: Random, content: bytes) -> bytes:
    """Damage within one part of a package, whose checksums are made anew: what readers meet behind the first guard."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {each.filename: package.read(each) for each in package.infolist()}
    except _NOT_A_PACKAGE:
        return _flip(random, content)
    telling = [each for each in parts if any(word in each for word in _TELLING_PARTS)]
    name = random.choice(telling or list(parts))
    parts[name] = random.choice((_flip, _insert, _delete, _duplicate, _number, _number, _number))(random, parts[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for each, held in parts.items():
            package.writestr(each, held)
    return out.getvalue()


def _number(random: Random, part: bytes) -> bytes:
    """Another value for some attributes of an XML part."""
    pieces = part.split(b'"')
    for _ in range(random.choice((1, 2, 5))):
        if len(pieces) > 2:
            pieces[random.randrange(1, len(pieces) - 1, 2)] = random.choice(_NUMBERS)
    return b'"'.join(pieces)


DAMAGES: dict[str, Damage] = {
    "bits retournés": _flip,
    "octets ajoutés": _insert,
    "octets ôtés": _delete,
    "fichier coupé": _truncate,
    "bloc répété": _duplicate,
    "encodages mêlés": _mixed_encodings,
    "partie abîmée": _part,
}
