"""What a cell of a Grist document says, by the type of its column.

Grist keeps simple values as they are, lists of choices as JSON, and everything else (what a formula gave: a list, a
date, an error) in the binary form of Python's `marshal`. Only the few shapes that Grist writes are read here: the
library's own reader must never be given a stranger's bytes.
"""

from __future__ import annotations

import json
import struct
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.intake.pages import number_text
from pipelines.staging import SET_SEPARATOR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DEEPEST = 8
_NO_VALUE = {"E", "P", "C", "S"}
"""Grist's marks of an error, a value not computed yet, one that may not be seen, one left out."""


def cell_text(value: Any, column_type: str) -> str | None:
    """A stored value as text, None if the cell is empty; a wrong value standing as text is kept as text.

    References are not followed: a Ref gives the row's number.
    """
    if isinstance(value, bytes):
        return _object_text(_unmarshalled(value))
    if isinstance(value, str):
        return (
            _json_text(value) if column_type.startswith(("ChoiceList", "RefList", "Attachments")) else value
        ) or None
    if value is None:
        return None
    return _number(value, column_type)


def row_numbers(value: Any) -> tuple[int, ...]:
    """The rows that a Ref or a RefList cell names; none if it is empty or holds a wrong value."""
    named = _listed(value) if isinstance(value, str) else [value]
    return tuple(each for each in named or () if isinstance(each, int) and not isinstance(each, bool) and each > 0)


def known_zone(name: str) -> bool:
    """Whether a time zone of the document is one that we know."""
    return _zone(name) is not None


def _number(value: float, column_type: str) -> str | None:
    if column_type == "Bool":
        return {0: "FAUX", 1: "VRAI"}.get(value, str(value)) if isinstance(value, int) else number_text(value)
    if column_type == "Date":
        return _moment(value, "UTC")
    if column_type.startswith("DateTime"):
        return _moment(value, column_type.partition(":")[2] or "UTC")
    if column_type.startswith("Ref:") and not value:
        return None
    if isinstance(value, int):
        return str(value)
    return number_text(value)


def _moment(seconds: float, zone: str) -> str | None:
    known = _zone(zone)
    try:
        when = (_EPOCH + timedelta(seconds=round(seconds))).astimezone(known)
    except (OverflowError, ValueError):
        return str(seconds)
    return when.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _listed(text: str) -> list[Any] | None:
    """A list as Grist writes it, with or without the mark « L » before its items; None if it is no list."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(items, list):
        return None
    return items[1:] if items[:1] == ["L"] else items


def _json_text(text: str) -> str | None:
    items = _listed(text)
    return text if items is None else _joined(items)


def _joined(items: list[Any]) -> str | None:
    texts = (_object_text(item) for item in items)
    return SET_SEPARATOR.join(text for text in texts if text) or None


def _object_text(value: Any) -> str | None:
    if isinstance(value, list):
        return _marked_text(value)
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, int | float):
        return _number(value, "Any")
    return value if isinstance(value, str) and value else None


def _marked_text(value: list[Any]) -> str | None:
    """A list begins with a mark that says what it is: L a list, d a date, D a moment in a zone, R a row, r rows…"""
    mark, items = value[:1], value[1:]
    if mark == ["L"]:
        return _joined(items)
    if mark == ["d"] and _numbers(items[:1]):
        return _moment(items[0], "UTC")
    if mark == ["D"] and _numbers(items[:1]):
        return _moment(items[0], str(items[1]) if len(items) > 1 else "UTC")
    if mark == ["R"]:
        return _object_text(items[1]) if len(items) > 1 else None
    if mark == ["r"]:
        return _joined(items[1]) if len(items) > 1 and isinstance(items[1], list) else None
    return items[0] if mark == ["U"] and items and isinstance(items[0], str) else None


def _numbers(items: list[Any]) -> bool:
    return bool(items) and all(isinstance(item, int | float) for item in items)


def _unmarshalled(content: bytes) -> Any:
    """The value that the bytes hold, None if they are of no shape that Grist writes."""
    try:
        return _Marshalled(content).value(0)
    except (struct.error, IndexError, ValueError):
        return None


class _Marshalled:
    """A reader of the subset of `marshal` (version 2) that Grist writes: constants, numbers, texts and lists."""

    def __init__(self, content: bytes) -> None:
        self.content, self.position = content, 0

    def value(self, depth: int) -> Any:
        if depth > _DEEPEST:
            raise ValueError(depth)
        code = self._bytes(1)
        if code in b"NTF":
            return {b"N": None, b"T": True, b"F": False}[code]
        if code in b"ig":
            return self._unpacked("<i" if code == b"i" else "<d")
        if code in b"us":
            return self._bytes(self._unpacked("<i")).decode()
        if code in b"[(":
            return [self.value(depth + 1) for _ in range(self._unpacked("<i"))]
        raise ValueError(code)

    def _unpacked(self, shape: str) -> Any:
        return struct.unpack(shape, self._bytes(struct.calcsize(shape)))[0]

    def _bytes(self, length: int) -> bytes:
        start, self.position = self.position, self.position + length
        if length < 0 or self.position > len(self.content):
            raise IndexError(length)
        return self.content[start : self.position]
