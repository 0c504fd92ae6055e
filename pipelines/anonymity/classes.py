"""Classes of records that look the same: their sizes (k-anonymity) and what is learnt in them (l-diversity), in one pass.

Sources: Sweeney 2002 (k-anonymity); Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam 2007 (distinct l-diversity).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import duckdb

from pipelines.anonymity.coding import CODED, bit_column
from pipelines.staging import quoted

EDGES = (11, 20, 50)
"""Where the bands of class sizes begin, after k."""


@dataclass(frozen=True)
class Diversity:
    """What a class teaches of one column: the smallest number of values in a class; records in classes
    of fewer than asked for."""

    smallest: int
    recorded: int
    below: int


@dataclass(frozen=True)
class Classes:
    """Exact counts, never to be shown: records, the smallest class, records by band of class size, diversity by column."""

    records: int
    smallest: int
    by_band: tuple[int, ...]
    diversities: dict[str, Diversity]


def count_classes(
    connection: duckdb.DuckDBPyConnection,
    labels: Mapping[str, Sequence[str]],
    sensitive: Sequence[str],
    k: int,
    fewest: int,
) -> Classes:
    """The classes of the coded records (see coding.code_records), values with the same label taken as the same.

    `labels`: by column that singles out, the label of each value, in order. A cell that is not recorded is a value like another
    to single out, and teaches nothing: classes where nothing is recorded are left out of that column's diversity.
    """
    bits = ", ".join(f"bit_or({bit_column(name)}) AS {bit_column(name)}" for name in sensitive)
    edges = (0, k, *(edge for edge in EDGES if edge > k))
    bands = ", ".join(f"coalesce(sum(n) FILTER ({_within(edges, place)}), 0)" for place in range(len(edges)))
    learnt = ", ".join(_learnt(name, fewest) for name in sensitive)
    row = connection.execute(
        f"""SELECT coalesce(sum(n), 0), coalesce(min(n), 0), {bands}, {learnt}
        FROM (SELECT count(*) AS n, {bits} FROM {CODED} GROUP BY {_class_number(labels)})"""
    ).fetchone()
    assert row is not None
    records, smallest, *counts = (int(count) for count in row)
    by_band, rest = tuple(counts[: len(edges)]), counts[len(edges) :]
    diversities = {name: Diversity(*rest[3 * place : 3 * place + 3]) for place, name in enumerate(sensitive)}
    return Classes(records, smallest, by_band, diversities)


def _class_number(labels: Mapping[str, Sequence[str]]) -> str:
    """SQL for one whole number a class: the numbers of the labels in mixed radix; 0 stands for not recorded."""
    sizes = {name: len(set(given)) + 1 for name, given in labels.items()}
    wide = "UBIGINT" if prod(sizes.values()) < 2**64 else "HUGEINT"
    number = f"0::{wide}"
    for name, given in labels.items():
        number = f"({number}) * {sizes[name]} + {_label_number(name, given)}"
    return number


def _label_number(name: str, labels: Sequence[str]) -> str:
    distinct = {label: number for number, label in enumerate(dict.fromkeys(labels), start=1)}
    if len(distinct) == len(labels):
        return quoted(name)
    numbers = ", ".join(str(distinct[label]) for label in labels)
    return f"[0, {numbers}][{quoted(name)} + 1]"


def _within(edges: Sequence[int], place: int) -> str:
    upper = f" AND n < {edges[place + 1]}" if place + 1 < len(edges) else ""
    return f"n >= {edges[place]}{upper}"


def _learnt(name: str, fewest: int) -> str:
    met = f"bit_count({bit_column(name)})"
    return f"""coalesce(min({met}), 0), coalesce(sum(n) FILTER ({bit_column(name)} IS NOT NULL), 0),
      coalesce(sum(n) FILTER ({met} < {fewest}), 0)"""
