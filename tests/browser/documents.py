"""The words of a PDF that the product made, as a reader would copy them. No other PDF is read."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)(?:stream\r?\n(.*?)\r?\nendstream\s*)?endobj", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_LETTER = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_TOKEN = re.compile(rb"\\([0-7]{1,3}|.)|/(f\d+) [\d.]+ Tf|TJ|.", re.DOTALL)
_SHORT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

Objects = Mapping[bytes, tuple[bytes, bytes]]
Letters = Mapping[bytes, str]


def words_of(document: bytes) -> str:
    """All that the pages say, in their order, with single spaces."""
    objects = {number: (head, content) for number, head, content in _OBJECT.findall(document)}
    pages = [head for head, _ in objects.values() if b"/Type/Page/" in head]
    told = (text for page in pages for text in _said(_inflated(objects, page, b"Contents"), _fonts(objects, page)))
    return " ".join(" ".join(told).split())


def _inflated(objects: Objects, head: bytes, name: bytes) -> bytes:
    return zlib.decompress(objects[_reference(head, name)][1])


def _reference(head: bytes, name: bytes) -> bytes:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", head)
    assert found is not None, name
    return found[1]


def _fonts(objects: Objects, page: bytes) -> dict[bytes, Letters]:
    """The letters of each font of a page, by the name that the page gives it."""
    resources = objects[_reference(page, b"Resources")][0]
    return {
        name: _letters(_inflated(objects, objects[font][0], b"ToUnicode")) for name, font in _FONT.findall(resources)
    }


def _letters(table: bytes) -> Letters:
    found = _LETTER.findall(table)
    return {bytes.fromhex(code.decode()): bytes.fromhex(letter.decode()).decode("utf-16-be") for code, letter in found}


def _said(content: bytes, fonts: Mapping[bytes, Letters]) -> Iterator[str]:
    """Each piece of text that is shown: strings in brackets, which may hold brackets, until the order to show them."""
    letters: Letters = {}
    codes, depth = b"", 0
    for token in _TOKEN.finditer(content):
        depth += token[0] == b"("
        if depth and token[0] != b"(" and token[0] != b")":
            codes += _unescaped(token[1]) if token[1] else token[0]
        elif depth > 1:
            codes += token[0]
        elif token[2]:
            letters = fonts[token[2]]
        elif token[0] == b"[":
            codes = b""
        elif token[0] == b"TJ":
            yield "".join(letters[codes[place : place + 2]] for place in range(0, len(codes), 2))
        depth -= token[0] == b")"


def _unescaped(code: bytes) -> bytes:
    return bytes([int(code, 8)]) if code.isdigit() else _SHORT.get(code, code)
