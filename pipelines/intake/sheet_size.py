"""How large the sheets of a workbook are, measured before they are read.

The library that reads workbooks lays a sheet out whole, from its first cell to its last, and copies a shared text into
every cell that names it: two cells at opposite corners, or a long text named a million times, would end the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from grids.errors import DeliveryRefused
from pipelines.intake.zip_package import damaged, protected, unfolded

MOST_CELLS = 20_000_000
"""Cells of a sheet laid out whole: a million rows of twenty columns."""
MOST_CHARACTERS = 1_000_000_000
"""Characters of a workbook once every cell holds its own text."""
MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
"""What a spreadsheet can show; a repetition that claims more is no spreadsheet's."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TOLD_AS_XML = ("xml", "rels")
_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")


def check_sheets(path: Path) -> None:
    """Read every part of the workbook once, without keeping it. The package itself must have been checked before.

    Raises DeliveryRefused if a part is damaged, protected, or unfolds to more than can be laid out.
    """
    shared = _SharedTexts()
    for name, pieces in unfolded(path):
        ending = name.casefold().rpartition(".")[2]
        if ending != "vml":
            _measure(path, pieces, shared, told=ending in _TOLD_AS_XML)
    if shared.longest * shared.uses > MOST_CHARACTERS:
        raise _too_large(path)


def _measure(path: Path, pieces: Iterator[bytes], shared: _SharedTexts, *, told: bool) -> None:
    first = next(pieces, b"")
    if not _XML.match(first):
        # The library that reads workbooks never comes back from some parts that claim to be XML and are not.
        if told and first:
            raise damaged(path)
        return
    part = _Part(path, shared)
    try:
        part.parser.Parse(first, False)
        for piece in pieces:
            part.parser.Parse(piece, False)
        part.parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise damaged(path) from None


class _SharedTexts:
    """The texts that cells name by number, in all the sheets of an .xlsx."""

    def __init__(self) -> None:
        self.longest = 0
        self.uses = 0


class _Part:
    """One XML part as it is read: counts the cells that its sheet would be laid out to."""

    def __init__(self, path: Path, shared: _SharedTexts) -> None:
        self.path, self.shared = path, shared
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._root
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.row = self.column = self.last_row = self.last_column = 0
        self.row_times = self.column_times = 1
        self.characters = self.text = 0

    def _doctype(self, *_: object) -> None:
        raise damaged(self.path)

    def _root(self, name: str, _: dict[str, str]) -> None:
        """Only three kinds of parts hold cells or their texts."""
        root = _local(name)
        if root == "encryption-data":
            raise protected(self.path)
        starts = {"worksheet": self._xlsx, "sst": self._shared_text, "document-content": self._ods}
        if root in starts:
            self.parser.StartElementHandler = starts[root]
        if root in ("sst", "document-content"):
            self.parser.CharacterDataHandler = self._count_text

    def _xlsx(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            self._place(attributes.get("r"))
            self.shared.uses += attributes.get("t") == "s"
        elif local in ("v", "is"):
            self._lay(self.row, self.column)
        elif local == "row":
            self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        found = _REFERENCE.fullmatch(reference)
        if not found:
            raise damaged(self.path)
        self.column, self.row = _column_number(found[1]), int(found[2])

    def _shared_text(self, name: str, _: dict[str, str]) -> None:
        if _local(name) == "si":
            self.text = 0

    def _count_text(self, text: str) -> None:
        self.text += len(text)
        self.shared.longest = max(self.shared.longest, self.text)
        self.characters += len(text) * self.row_times * self.column_times
        if self.characters > MOST_CHARACTERS:
            raise _too_large(self.path)

    def _ods(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "table":
            self.row = self.last_row = self.last_column = 0
        elif local == "table-row":
            self.row += self.row_times if self.row else 1
            self._open_row(self._repeated(attributes, "rows", MOST_ROWS))
        elif local in ("table-cell", "covered-table-cell"):
            self.column_times = self._repeated(attributes, "columns", MOST_COLUMNS)
            self.column += self.column_times
            if any(_local(each) == "value-type" for each in attributes):
                self._lay(self.row + self.row_times - 1, self.column)

    def _open_row(self, times: int) -> None:
        self.row_times, self.column, self.column_times = times, 0, 1

    def _repeated(self, attributes: dict[str, str], what: str, most: int) -> int:
        ending = f"number-{what}-repeated"
        times = int(next((value for name, value in attributes.items() if name.endswith(ending)), "1"))
        if not 1 <= times <= most:
            raise _too_large(self.path)
        return times

    def _lay(self, row: int, column: int) -> None:
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
        if self.last_row * self.last_column > MOST_CELLS:
            raise _too_large(self.path)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _too_large(path: Path) -> DeliveryRefused:
    return DeliveryRefused(
        "Une feuille de ce classeur est démesurée : une cellule est remplie très loin des autres, ou il y en a trop.",
        place=path.name,
        remedy="Copiez les seules lignes utiles dans un classeur neuf, ou exportez-les en CSV, puis redéposez-le.",
    )
