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
_LONGEST_CELL = 100_000
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class FirstLines:
    """The first rows of a text file, split into cells, and how the file was decoded.

    `line_ends`: for each row, how many lines of the file it and those before it take (a cell may hold line feeds).
    """

    encoding: str
    separator: str
    rows: tuple[tuple[str, ...], ...]
    line_ends: tuple[int, ...]


def first_lines(path: Path) -> FirstLines:
    """Decode in the order BOM, strict UTF-8, Windows-1252 (guessing is wrong on short French texts) and split.

    Raises DeliveryRefused if the file is empty, no text, or opens a quote that it never closes.
    """
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        lines = list(islice(file, 4 * HEADING_SEARCH_LINES))
    if not any(line.strip() for line in lines):
        raise DeliveryRefused("Ce fichier est vide.", place=path.name, remedy="Vérifiez l'export, puis redéposez-le.")
    if any(len(line) > _LONGEST_CELL for line in lines):
        raise DeliveryRefused(
            "Une ligne de ce fichier est bien trop longue pour un tableau.",
            place=path.name,
            remedy="Exportez-le de nouveau en CSV.",
        )
    separator = max(
        _SEPARATORS, key=lambda each: (sum(each in line for line in lines), max(map(len, lines)), each == ";")
    )
    reader = csv.reader(lines, delimiter=separator)
    rows = [(tuple(row), reader.line_num) for row in reader][:HEADING_SEARCH_LINES]
    return FirstLines(encoding, separator, tuple(row for row, _ in rows), tuple(end for _, end in rows))


def utf8_chunks(path: Path, encoding: str, dropped_lines: int = 0) -> Iterator[bytes]:
    """The file as UTF-8, in pieces, without its BOM nor its first `dropped_lines`."""
    with path.open(encoding=encoding, newline="") as file:
        for _ in range(dropped_lines):
            file.readline()
        while piece := file.read(_CHUNK):
            yield piece.encode()


def normalised(text: str) -> str:
    """A heading or a code as compared: accents, case, spaces of every kind forgiven."""
    bare = text if text.isascii() else _without_accents(text)
    return re.sub(r"\s+", " ", bare.replace("’", "'")).strip().lower()


def _without_accents(text: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))


def _encoding(path: Path) -> str:
    """The first encoding that the whole file keeps to."""
    for encoding in _candidates(path):
        quotes = _quotes_if_decodes(path, encoding)
        if quotes is not None:
            _refuse_open_quote(quotes, path)
            return encoding
    raise DeliveryRefused(
        "Ce fichier n'est ni du texte UTF-8 ni du texte Windows.",
        place=path.name,
        remedy="Exportez-le de nouveau en CSV (UTF-8).",
    )


def _candidates(path: Path) -> list[str]:
    with path.open("rb") as file:
        head = file.read(4)
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if head.startswith(mark)), None)
    return ["utf-8", "cp1252"] if marked is None else [marked] if marked else []


def _quotes_if_decodes(path: Path, encoding: str) -> int | None:
    """How many quotes the file holds, or None if it does not keep to `encoding`."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    quotes = 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                text = decoder.decode(piece)
                if "\0" in text:
                    return None
                quotes += text.count('"')
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return quotes


def _refuse_open_quote(quotes: int, path: Path) -> None:
    # An open quote swallows all the rows that follow it, unseen.
    if quotes % 2:
        raise DeliveryRefused(
            "Les lignes de ce fichier n'ont pas toutes la forme de l'en-tête : un guillemet est ouvert et jamais fermé.",
            place=path.name,
            remedy="Exportez-le de nouveau en CSV, ou effacez le guillemet de trop.",
        )
