"""Where the headings of an ordinary table stand: somewhere in its first lines, under titles and merged group lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.intake.drafting.cell_shapes import looks_like_date, looks_like_identity, looks_like_number
from pipelines.intake.office_text import HEADING_SEARCH_LINES, normalised

Row = Sequence[str]

_FULL_ENOUGH = 0.8
"""A heading names nearly all of the columns that its table fills; a line of groups names one column in two or three."""
_LABEL_OF_A_FACT = re.compile(r":\s*$")


def find_heading_row(rows: Sequence[Row]) -> int | None:
    """The position (from 0) of the row of headings among the first ten of `rows`, or None if there is no such row.

    `rows`: the first rows of a table and as many of those below as are at hand. The first row that is as full and as
    wide as those below either holds the headings (distinct texts, at least two, none of which is a number, a date, an
    identity, nor stands again under itself), or is data already: no row of data is ever taken for headings instead.
    """
    for position, row in enumerate(rows[:HEADING_SEARCH_LINES]):
        below = [each for each in rows[position + 1 :] if _filled(each)]
        if _is_full(row, below) and not _is_title(row):
            return position if _could_be_headings(row) and not _recurs(row, below) else None
    return None


def _is_title(row: Row) -> bool:
    """A title that the export repeats over each of the columns that it spans, or a fact with its label."""
    filled = _filled(row)
    return len(set(filled)) == 1 or _LABEL_OF_A_FACT.search(filled[0]) is not None


def _could_be_headings(row: Row) -> bool:
    filled = _filled(row)
    if len(filled) < 2 or len({normalised(cell) for cell in filled}) < len(filled):
        return False
    texts = not any(looks_like_number(cell) or looks_like_date(cell) for cell in filled)
    return texts and not looks_like_identity(*filled)


def _is_full(row: Row, below: Sequence[Row]) -> bool:
    widest = max((_width(each) for each in below), default=0)
    fullest = max((len(_filled(each)) for each in below), default=0)
    return bool(_filled(row)) and _width(row) >= widest and len(_filled(row)) >= _FULL_ENOUGH * fullest


def _recurs(row: Row, below: Sequence[Row]) -> bool:
    """Whether most of its texts stand again under themselves: it is then a row of data (a repeated heading apart)."""
    texts = [(place, cell.strip()) for place, cell in enumerate(row) if cell.strip()]
    others = [each for each in below if list(each) != list(row)]
    again = [text for place, text in texts if any(len(each) > place and each[place].strip() == text for each in others)]
    return len(again) >= 2 and 2 * len(again) > len(texts)


def _filled(row: Row) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _width(row: Row) -> int:
    return max((place + 1 for place, cell in enumerate(row) if cell.strip()), default=0)
