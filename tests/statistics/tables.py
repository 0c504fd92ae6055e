"""The spec tables of the pages on methods: what a reader is told is what a test checks."""

from __future__ import annotations

from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "docs" / "methodes"


def spec_table(page: str, name: str) -> list[dict[str, str]]:
    """The rows, heading → cell, of the table that follows `<!-- verifie: name -->` in docs/methodes/<page>.md.

    Raises LookupError if the page has no such table, or an empty one: a table that vanished must not pass.
    """
    lines = (PAGES / f"{page}.md").read_text(encoding="utf-8").splitlines()
    mark = f"<!-- verifie: {name} -->"
    if mark not in lines:
        raise LookupError(f"{page}.md has no table {name}.")
    after = lines[lines.index(mark) + 1 :]
    while after and not after[0].strip():
        after.pop(0)
    table = after[: _height(after)]
    if len(table) < 3:
        raise LookupError(f"{page}.md: the table {name} is empty.")
    headings, rows = _cells(table[0]), table[2:]
    return [dict(zip(headings, _cells(row), strict=True)) for row in rows]


def number(text: str) -> float:
    """A number as French writes it: « 1 234,5 », « −3 », « 62 % » is 0.62."""
    bare = text.strip().replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace("−", "-").replace(",", ".")
    return float(bare[:-1]) / 100 if bare.endswith("%") else float(bare)


def _height(lines: list[str]) -> int:
    return next((rank for rank, line in enumerate(lines) if not line.startswith("|")), len(lines))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
