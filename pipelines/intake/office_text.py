"""What offices write in text files: encodings, separators, a heading somewhere in the first lines."""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grids.errors import DeliveryRefused

HEADING_SEARCH_LINES = 10
_SEPARATORS = (";", ",", "\t")
_CHUNK = 1 << 20


@dataclass(frozen=True)
class FirstLines:
    """The first rows of a text file, split into cells, and how the file was decoded."""

    encoding: str
    separator: str
    rows: tuple[tuple[str, ...], ...]


def first_lines(path: Path) -> FirstLines:
    """Decode in the order BOM, strict UTF-8, Windows-1252 (guessing is wrong on short French texts) and split.

    Raises DeliveryRefused if the file is empty or no text.
    """
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        lines = list(islice(file, 4 * HEADING_SEARCH_LINES))
    if not any(line.strip() for line in lines):
        raise DeliveryRefused("Ce fichier est vide.", place=path.name, remedy="Vérifiez l'export, puis redéposez-le.")
    separator = max(_SEPARATORS, key=lambda each: max(line.count(each) for line in lines))
    rows = tuple(tuple(row) for row in csv.reader(lines, delimiter=separator))
    return FirstLines(encoding, separator, rows[:HEADING_SEARCH_LINES])


def utf8_chunks(path: Path, encoding: str) -> Iterator[bytes]:
    """The whole file as UTF-8, in pieces, without its BOM."""
    with path.open(encoding=encoding, newline="") as file:
        while piece := file.read(_CHUNK):
            yield piece.encode()


def normalised(text: str) -> str:
    """A heading or a code as compared: accents, case, spaces of every kind forgiven."""
    bare = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return re.sub(r"\s+", " ", bare.replace("’", "'")).strip().lower()


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        return "utf-8" if _decodes(file, "utf-8") else _windows_1252(file, path)


def _windows_1252(file: object, path: Path) -> str:
    file.seek(0)  # type: ignore[attr-defined]
    if _decodes(file, "cp1252"):
        return "cp1252"
    raise DeliveryRefused(
        "Ce fichier n'est ni du texte UTF-8 ni du texte Windows.",
        place=path.name,
        remedy="Exportez-le de nouveau en CSV (UTF-8).",
    )


def _decodes(file: object, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while piece := file.read(_CHUNK):  # type: ignore[attr-defined]
            if b"\0" in piece:
                return False
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
