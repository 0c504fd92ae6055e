"""A file of the inbox, and a file about to be written: what may still be damaged or copied before it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from sample_data.definitions import Network
from sample_data.tables import Table, french_text, table

_DELIVERED_AFTER = timedelta(days=20, hours=12)


@dataclass(frozen=True)
class Delivery:
    """A file of the inbox: its path there, its bytes, when it was delivered."""

    path: str
    content: bytes
    delivered: datetime


@dataclass(frozen=True)
class Export:
    """A table that a network's tool is about to write: its file's name, the row (from 1) of its first record, the last
    day of its period, and how it becomes bytes."""

    name: str
    filled: Table
    first_line: int
    end: datetime
    write: Callable[[Table], bytes]


def delivered(network: Network, name: str, content: bytes, end: datetime) -> Delivery:
    """A file that reaches the inbox some weeks after the end of its period."""
    return Delivery(f"{network.code}/{name}", content, end + _DELIVERED_AFTER)


def office_text(lines: list[str]) -> str:
    """Lines as Windows ends them."""
    return "".join(f"{line}\r\n" for line in lines)


def semicolon_text(filled: Table) -> str:
    """A table as French spreadsheets save it (no cell holds a semicolon)."""
    rows = (";".join(french_text(cell) for cell in row) for row in filled.rows)
    return office_text([";".join(filled.headings), *rows])


def contract_table(frame: pl.DataFrame) -> Table:
    """A frame in the contract's own shape, every cell a text, dates as AAAA-MM-JJ."""
    return table(frame.cast(pl.String))
