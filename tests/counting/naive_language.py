"""The grid's language read a second time, by hand: a small descent over words, three values (true, false, unknown as None).

Nothing shared with the product: neither its parser nor sqlglot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

Row = Mapping[str, Any]
Favourable = Callable[[str], Sequence[str]]
Tree = tuple[Any, ...]

_WORD = re.compile(r"\s*(?:('(?:[^']|'')*')|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(<>|<=|>=|[-=<>+(),]))")


def value_of(text: str, row: Row, favourable: Favourable) -> Any:
    """What an expression says of one row; None where it cannot be known."""
    return _value(_read(text), row, favourable)


@cache
def names_in(text: str) -> frozenset[str]:
    """The columns and questions that an expression reads."""
    return _names(_read(text))


@cache
def _read(text: str) -> Tree:
    words = _words(text)
    tree, rest = _either(words)
    assert not rest, (text, rest)
    return tree


def _words(text: str) -> list[str]:
    found, place = [], 0
    while text[place:].strip():
        met = _WORD.match(text, place)
        assert met, text[place:]
        found.append(met.group().strip())
        place = met.end()
    return found


def _either(words: list[str]) -> tuple[Tree, list[str]]:
    tree, words = _both(words)
    while words and words[0].lower() == "or":
        right, words = _both(words[1:])
        tree = ("or", tree, right)
    return tree, words


def _both(words: list[str]) -> tuple[Tree, list[str]]:
    tree, words = _denied(words)
    while words and words[0].lower() == "and":
        right, words = _denied(words[1:])
        tree = ("and", tree, right)
    return tree, words


def _denied(words: list[str]) -> tuple[Tree, list[str]]:
    if words[0].lower() == "not":
        tree, words = _denied(words[1:])
        return ("not", tree), words
    return _compared(words)


def _compared(words: list[str]) -> tuple[Tree, list[str]]:
    left, words = _summed(words)
    if words and words[0] in ("=", "<>", "<", "<=", ">", ">="):
        right, rest = _summed(words[1:])
        return ("compare", words[0], left, right), rest
    if len(words) > 1 and words[0].lower() == "not" and words[1].lower() == "in":
        listed, rest = _list(words[2:])
        return ("not", ("in", left, listed)), rest
    if words and words[0].lower() == "in":
        listed, rest = _list(words[1:])
        return ("in", left, listed), rest
    return left, words


def _summed(words: list[str]) -> tuple[Tree, list[str]]:
    tree, words = _term(words)
    while words and words[0] in ("+", "-"):
        sign = words[0]
        right, words = _term(words[1:])
        tree = (sign, tree, right)
    return tree, words


def _term(words: list[str]) -> tuple[Tree, list[str]]:
    first, rest = words[0], words[1:]
    if first == "(":
        tree, rest = _either(rest)
        assert rest[0] == ")"
        return tree, rest[1:]
    if first == "-":
        tree, rest = _term(rest)
        return ("-", ("literal", 0), tree), rest
    if first.startswith("'"):
        return ("literal", first[1:-1].replace("''", "'")), rest
    if first[0].isdigit():
        return ("literal", float(first) if "." in first else int(first)), rest
    if rest and rest[0] == "(":
        arguments, rest = _list(rest)
        return ("call", first.lower(), arguments), rest
    return ("name", first), rest


def _list(words: list[str]) -> tuple[tuple[Tree, ...], list[str]]:
    assert words[0] == "("
    listed, words = [], words[1:]
    while words[0] != ")":
        tree, words = _either(words)
        listed.append(tree)
        words = words[1:] if words[0] == "," else words
    return tuple(listed), words[1:]


def _names(tree: Any) -> frozenset[str]:
    if not isinstance(tree, tuple) or not tree:
        return frozenset()
    if tree[0] == "name":
        return frozenset((tree[1],))
    return frozenset().union(*(_names(each) for each in tree))


def _value(tree: Tree, row: Row, favourable: Favourable) -> Any:
    word, *parts = tree
    if word == "literal":
        return parts[0]
    if word == "name":
        return row[parts[0]]
    if word == "call" and parts[0] == "favorable":
        ((_, name),) = parts[1]
        return None if row[name] is None else str(row[name]) in favourable(name)
    said = [part if isinstance(part, str) else _each(part, row, favourable) for part in parts]
    return _OF_WORDS[word](*said) if word in _OF_WORDS else _combined(word, said)


def _each(part: Any, row: Row, favourable: Favourable) -> Any:
    """One value, or those of a list."""
    if part and isinstance(part[0], tuple):
        return [_value(each, row, favourable) for each in part]
    return _value(part, row, favourable)


def _among(left: Any, listed: list[Any]) -> bool | None:
    return None if left is None else left in listed


def _combined(word: str, terms: list[Any]) -> Any:
    if word in ("and", "or"):
        return _joined(word, *terms)
    if None in terms:
        return None
    if word == "not":
        return not terms[0]
    return terms[0] + terms[1] if word == "+" else terms[0] - terms[1]


def _joined(word: str, left: bool | None, right: bool | None) -> bool | None:
    deciding = word == "or"
    if deciding in (left, right):
        return deciding
    return None if None in (left, right) else not deciding


def _comparison(sign: str, left: Any, right: Any) -> bool | None:
    if left is None or right is None:
        return None
    return {
        "=": left == right,
        "<>": left != right,
        "<": sign == "<" and left < right,
        "<=": sign == "<=" and left <= right,
        ">": sign == ">" and left > right,
        ">=": sign == ">=" and left >= right,
    }[sign]


def _call(name: str, given: list[Any]) -> Any:
    if name == "est_renseigne":
        return given[0] is not None
    if any(each is None for each in given):
        return None
    if name == "contient":
        return given[1] in given[0]
    if name == "contient_autre_que":
        return any(each != given[1] for each in given[0])
    if name == "nombre_vrais":
        return sum(bool(each) for each in given)
    if name == "nombre_parmi":
        return sum(each in given[0] for each in given[1:])
    raise AssertionError(name)


_OF_WORDS: dict[str, Callable[..., Any]] = {"in": _among, "call": _call, "compare": _comparison}
