"""Tables as text where cells are quoted and hold line feeds: CSV with commas, as web tools write it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from sample_data.tables import Table, french_text


def comma_text(filled: Table, last: Sequence[str] = (), above: Sequence[Sequence[str]] = ()) -> str:
    """The table with commas, quotes where a cell needs them; `above` and `last` are rows that are no record."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(above)
    writer.writerow(filled.headings)
    writer.writerows([french_text(cell) for cell in row] for row in filled.rows)
    if last:
        writer.writerow(last)
    return out.getvalue()


def mean_line(filled: Table, heading: str) -> list[str]:
    """The last line of some tools: the word « Moyenne », and the mean of the one column of numbers."""
    place = filled.headings.index(heading)
    numbers = [cell for row in filled.rows if isinstance(cell := row[place], int)]
    mean = french_text(round(sum(numbers) / max(len(numbers), 1), 1))
    return ["Moyenne", *(mean if rank == place else "" for rank in range(1, len(filled.headings)))]
