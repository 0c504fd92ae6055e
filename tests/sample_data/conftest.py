"""One synthetic region for all the tests of this folder: its inbox on disk, and the records it was made from."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grids.errors import DeliveryRefused
from grids.network import load_mapping
from pipelines.intake.door import Passed, pass_door
from pipelines.intake.references import passing_keys
from pipelines.validation.check import check_rows
from pipelines.validation.views import create_structure_register
from sample_data.__main__ import DEFAULT_SEED, write_inbox
from sample_data.records import Records, records

OWN_CSV = ("mission-locale", "cap-emploi", "info-jeunes", "cio")
"""The networks whose tool exports a CSV a quarter, with semicolons."""


KEYS = passing_keys()
"""One set of keys: the same reference has the same hash in every file."""


@dataclass(frozen=True)
class Answer:
    """What the door says of a file: why it is refused, or what it saw of its rows."""

    refusal: str = ""
    delivery: str = ""
    read: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    staged: tuple[dict[str, Any], ...] = ()


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inbox of the region."""
    out = tmp_path_factory.mktemp("region")
    write_inbox(out, DEFAULT_SEED)
    return out / "inbox"


@pytest.fixture(scope="session")
def made() -> dict[str, Records]:
    """The records of each network, by its code."""
    return {each.network.code: each for each in records(DEFAULT_SEED)}


@pytest.fixture(scope="session")
def door(inbox: Path) -> Callable[[str, str], Answer]:
    """What the real door answers to a file of a network."""

    @cache
    def answer(network: str, file: str) -> Answer:
        try:
            return _answer(pass_door(inbox / network / file, load_mapping(network), KEYS))
        except DeliveryRefused as refusal:
            return Answer(refusal=refusal.sentence)

    return answer


@pytest.fixture(scope="session")
def breaches(inbox: Path, made: dict[str, Records]) -> Callable[[str, str], set[tuple[int, str, str]]]:
    """The rows of a file that break the contract, the structures of its network being known: line, column, rule."""

    def found(network: str, file: str) -> set[tuple[int, str, str]]:
        passed = pass_door(inbox / network / file, load_mapping(network), KEYS)
        create_structure_register(passed.connection, [])
        known = [(network, identifier) for identifier in made[network].structures["structure_id"]]
        passed.connection.executemany("INSERT INTO registre VALUES (?, ?)", known)
        staged = f"SELECT '-' AS livraison_id, '{network}' AS reseau, * FROM staged"
        checked = check_rows(passed.connection, passed.delivery.table, staged, ["-"])["-"]
        return {(each.ligne, each.colonne, each.regle) for each in checked.breaches}

    return found


@pytest.fixture(scope="session")
def lines() -> Callable[[Path], list[list[str]]]:
    """Reads a file as its lines of cells: the first is line 1 of a spreadsheet."""
    return _lines


@pytest.fixture(scope="session")
def rows() -> Callable[[Path], list[dict[str, str]]]:
    """Reads a file as its records by heading, without title, total and blank lines."""
    return _rows


def _answer(passed: Passed) -> Answer:
    cursor = passed.connection.execute("FROM staged")
    names = [each[0] for each in cursor.description or ()]
    staged = tuple(dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    return Answer(
        delivery=passed.delivery.id,
        read=passed.read,
        set_aside=passed.set_aside,
        removed=passed.removed,
        staged=staged,
    )


def _lines(path: Path) -> list[list[str]]:
    surveys = ("avis", "questionnaire", "pratiques", "equipes")
    encoding = "utf-8-sig" if path.name.startswith(surveys) else "cp1252"
    return list(csv.reader(path.read_bytes().decode(encoding).splitlines(), delimiter=";"))


def _rows(path: Path) -> list[dict[str, str]]:
    found = _lines(path)
    start = 0 if len(found[0]) > 1 else 1
    kept = [line for line in found[start + 1 :] if any(line) and line[0] != "TOTAL"]
    return [dict(zip(found[start], line, strict=True)) for line in kept]
