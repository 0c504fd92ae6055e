"""Mutations of cells: what people and tools write where something else was meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

from tests.fuzz.seeds import PLANTED
from tests.fuzz.writers import Draft

Change = Callable[[Random, Draft], None]

WORDS: tuple[Any, ...] = (
    "", " ", "\u00a0", "\u202f", "?", "#inconnu", "#illisible", "N/A", "null", "TOTAL", "Moyenne de février", "ensemble",
    "0", "-1", "1 234", "1\u202f234,5", "12,5 %", "1.204,5", "3,5/5", "1e308", "9" * 30, "-0", "NaN", "inf", "0x10", "١٢",
    "31/02/2025", "03/04/25", "02/13/2025", "2025-02-30", "0000-00-00", "9999-12-31", "12 mars 2026", "2025-02-03T10:00:00Z",
    "1899-12-30", "31/12/99999", "=1+1", '=HYPERLINK("http://fictif.invalid")', "@SUM(A1)", "+33", "-", "'", '"', '""', '"a',
    'a"b"c', ";", ",", "\t", "\n", "\r", "\r\n", "a\nb\nc", "a;b,c\td", "|", "||", "cio|", "\x00", "\x01\x02", "\x1b[31m",
    "\x7f", "\u200b", "\u202e", "\ufeff", "\ufffd", "e\u0301\u0301", "é" * 300, "👩‍🚀🏴\U000e0067", "\U0010ffff", "漢字", "ﬁ",
    "x" * 5_000,
    "{}", "[[]]", "%s%n", "{0}", "$1", "\\", "\\0", "../../etc", "'; DROP TABLE lues; --", "q:U03", "c:U13", "<b>&amp;</b>",
)  # fmt: skip
_TYPED: tuple[Any, ...] = (
    0, 1, -1, 2**31, 2**63 - 1, -(2**63), 0.1, 1e300, -0.0, float("nan"), float("inf"), True, False, date(2025, 2, 3),
    date(1900, 1, 1), date(9999, 12, 31), datetime(2025, 2, 3, 10, 30, 59), None,
    b"\xff\x00", b"[\xff\xff\xff\x7f", b"u\x02\0\0\0\xc3(",
)  # fmt: skip


def some_cell(random: Random, draft: Draft) -> tuple[list[Any], int]:
    """A row, and the place of one of its cells."""
    row = random.choice([row for row in draft.rows if row] or [draft.headings])
    return row, random.randrange(len(row) or 1)


def _word(random: Random, draft: Draft) -> None:
    for _ in range(random.randint(1, 4)):
        row, at = some_cell(random, draft)
        row[at] = random.choice(WORDS)


def _typed(random: Random, draft: Draft) -> None:
    for _ in range(random.randint(1, 6)):
        row, at = some_cell(random, draft)
        row[at] = random.choice(_TYPED)


def _typed_column(random: Random, draft: Draft) -> None:
    at, value = random.randrange(len(draft.headings) or 1), random.choice(_TYPED)
    for row in draft.rows:
        if at < len(row):
            row[at] = value


def _around(random: Random, draft: Draft) -> None:
    row, at = some_cell(random, draft)
    word = str(random.choice(WORDS))
    row[at] = f"{word}{row[at]}" if random.random() < 0.5 else f"{row[at]}{word}"


def _noise(random: Random, draft: Draft) -> None:
    row, at = some_cell(random, draft)
    row[at] = "".join(
        chr(random.choice((random.randrange(1, 0x250), random.randrange(0x2000, 0x2070), 0x1F600))) for _ in range(9)
    )


def _very_long(random: Random, draft: Draft) -> None:
    row, at = some_cell(random, draft)
    row[at] = random.choice(("x", "é", " ", "a ", '"', "1")) * random.choice((3_000, 40_000))


def _planted(random: Random, draft: Draft) -> None:
    row, at = some_cell(random, draft)
    row[at] = (
        random.choice(("", "voir ", "contact : "))
        + random.choice(list(PLANTED.values()))
        + random.choice(("", " (bureau)"))
    )


def _cells_swapped(random: Random, draft: Draft) -> None:
    row, at = some_cell(random, draft)
    other = random.randrange(len(row))
    row[at], row[other] = row[other], row[at]


CELLS: dict[str, Change] = {
    "cellules quelconques": _word,
    "cellules d'un autre type": _typed,
    "colonne d'un autre type": _typed_column,
    "mot collé à une cellule": _around,
    "bruit dans une cellule": _noise,
    "cellule très longue": _very_long,
    "identité dans une cellule": _planted,
    "cellules échangées": _cells_swapped,
}
"""By name; none changes how many data rows there are."""
