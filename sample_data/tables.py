"""A table as a tool holds it before it is written: headings, and rows of cells that are texts, numbers, dates, booleans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

Cell = str | int | float | bool | date | None


@dataclass(frozen=True)
class Table:
    """The rows of a file under their headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def with_rows(self, rows: list[tuple[Cell, ...]]) -> Table:
        """The same headings over other rows."""
        return Table(self.headings, tuple(rows))


def table(frame: pl.DataFrame) -> Table:
    """A frame as a table: its columns are named as the headings are."""
    return Table(tuple(frame.columns), tuple(frame.rows()))


def french_text(cell: Cell) -> str:
    """A cell as French offices type it: JJ/MM/AAAA, a decimal comma; empty where there is nothing."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return f"{cell:.12g}".replace(".", ",") if isinstance(cell, float) else str(cell)
