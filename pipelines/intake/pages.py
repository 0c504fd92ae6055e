"""A page: a sheet, or a table, as a spreadsheet shows it, every cell a text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Page:
    """A sheet of a workbook, a table of a Grist document, or a Parquet file.

    `cells`: [row of the sheet], in order from row 1; columns c0, c1… all text, null where the cell is empty.
    """

    name: str
    cells: pl.DataFrame


def page(name: str, columns: Sequence[pl.Series]) -> Page:
    """A page from its columns of text, the rows and columns that are empty at its end left out."""
    named = [column.cast(pl.String).alias(f"c{position}") for position, column in enumerate(columns)]
    filled = pl.DataFrame(named).with_columns(pl.when(pl.all().str.strip_chars() != "").then(pl.all()))
    return Page(name, _without_empty_end(filled))


def _without_empty_end(cells: pl.DataFrame) -> pl.DataFrame:
    width = max((position + 1 for position, each in enumerate(cells) if each.null_count() < len(each)), default=0)
    if not width:
        return pl.DataFrame()
    kept = cells[:, :width]
    height = kept.select(pl.max_horizontal((pl.all().is_not_null() * pl.int_range(1, pl.len() + 1)).max())).item()
    return kept.head(height)


def number_text(number: float) -> str:
    """`1.0` as « 1 », `0.1 + 0.2` as « 0.3 »: what a cell shows, never an exponent."""
    if not math.isfinite(number):
        return str(number)
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.15g}"
    return f"{number:.15f}".rstrip("0") if "e-" in text else (f"{number:.0f}" if "e" in text else text)
