"""Texts of a definition file that stand without quotes: YAML may read them as something else, or cut them at « : » or « # »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True)
class Unquoted:
    """A text without quotes, and its line (from 1)."""

    text: str
    line: int


def unquoted(path: Path) -> tuple[Unquoted, ...]:
    """The plain texts of a YAML file that hold a space, a « : » or a letter outside ASCII, in the file's order."""
    root = YAML(typ="rt").compose(path.read_text(encoding="utf-8"))
    return tuple(
        Unquoted(node.value, node.start_mark.line + 1)
        for node in _scalars(root)
        if node.tag == _TEXT and node.style is None and _is_french(node.value)
    )


def _is_french(text: str) -> bool:
    return " " in text or ":" in text or not text.isascii()


def _scalars(node: Node | None) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        for each in node.value:
            yield from _scalars(each)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)
