"""What a cell looks like: a number, a date in one of the shapes that a mapping may name, an identity."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from grids.network import DATE_FORMATS
from pipelines.intake.identities import ADDRESS_PATTERNS, VALUE_PATTERNS
from pipelines.intake.office_text import normalised

_NUMBER = re.compile(r"[-+]?\d[\d\s]*(?:[.,]\d+)?\s?[%€]?")
_MONTHS = "janv|f[ée]vr|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c"
_DATE = re.compile(
    rf"\d{{1,4}}[/.\-]\d{{1,2}}[/.\-]\d{{1,4}}(?:[T ].*)?|\d{{1,2}}[/.\-]\d{{4}}|\d{{4}}[/.\-]\d{{2}}"
    rf"|(?:\w+ )?\d{{1,2}}(?:er)? (?:{_MONTHS})\w*\.? \d{{2,4}}|(?:{_MONTHS})\w*\.? \d{{2,4}}",
    re.I,
)
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/\d{2,4}\b.*")
_IDENTITIES = "|".join(f"(?:{pattern})" for pattern in (VALUE_PATTERNS | ADDRESS_PATTERNS).values())
_DAY_IN_WORDS = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})")
_MONTH_STARTS = ("janv", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_YEARS = range(1900, 2100)
_MOST_STRAY = 0.05


def looks_like_number(cell: str) -> bool:
    """Whether a cell is a number as offices write them: spaces inside, a comma, a percent sign."""
    return _NUMBER.fullmatch(cell.strip()) is not None


def looks_like_date(cell: str) -> bool:
    """Whether a cell is a date, or a month, in any shape that offices write, read by a mapping or not."""
    return _DATE.fullmatch(cell.strip()) is not None


@lru_cache(maxsize=20_000)
def looks_like_identity(*cells: str) -> bool:
    """Whether one of the cells holds what the door would refuse: an address, a number of a person, a birth date."""
    # Arrow's engine is RE2, for which the door's patterns are written.
    found = pc.match_substring_regex(pa.array(cells, pa.string()), _IDENTITIES, ignore_case=True)
    return bool(pc.any(found).as_py())


def is_whole_number(cell: str) -> bool:
    """Whether the door would read a cell as an integer."""
    return re.fullmatch(r"-?\d{1,9}", re.sub(r"\s", "", cell)) is not None


def in_shape(cell: str, shape: str) -> bool:
    """Whether a cell is a date in `shape`, one of DATE_FORMATS, of a year that can be meant."""
    text = _month_as_number(cell) if "mois" in shape else cell.strip()
    try:
        return datetime.strptime(text, DATE_FORMATS[shape]).year in _YEARS
    except ValueError:
        return False


def date_shape(cells: Collection[str]) -> tuple[str, str]:
    """The one shape of DATE_FORMATS that `cells` (not empty) keep to, or '' and why there is none, in French.

    Days come first: a column in which no day goes beyond 12 could as well be month first, hence is ambiguous. A few
    cells that are no date of any shape are for the door to tell, and forgiven here.
    """
    if not cells:
        return "", "la colonne est vide"
    if any(_is_month_first(cell) for cell in cells):
        return "", "des dates y ont le mois en premier"
    shape = max(DATE_FORMATS, key=lambda each: sum(in_shape(cell, each) for cell in cells))
    # Workbooks leave the time out at midnight: the door reads every shape that begins with the year alike.
    alike = [each for each in DATE_FORMATS if each.startswith("AAAA")] if shape.startswith("AAAA") else [shape]
    good = [cell for cell in cells if any(in_shape(cell, each) for each in alike)]
    stray = [cell for cell in cells if not any(in_shape(cell, each) for each in alike)]
    if not good:
        return "", "la porte ne lit pas cette forme de date"
    if any(looks_like_date(cell) and _mask(cell) != _mask(good[0]) for cell in stray):
        return "", "plusieurs formes de date y sont mêlées"
    if len(stray) > _MOST_STRAY * len(cells):
        return "", "trop de cellules n'y sont pas des dates"
    return ("", "le mois pourrait y venir en premier") if _could_be_month_first(good) else (shape, "")


def _month_as_number(cell: str) -> str:
    """« jeudi 1er mars 2026 » as « 1 3 2026 », like the door."""
    found = _DAY_IN_WORDS.fullmatch(normalised(cell))
    ranks = [rank for rank, month in enumerate(_MONTH_STARTS, start=1) if found and found[2].startswith(month)]
    return f"{found[1]} {ranks[0]} {found[3]}" if found and ranks else cell.strip()


def _mask(cell: str) -> str:
    return re.sub(r"\d", "0", cell.strip())


def _could_be_month_first(cells: Collection[str]) -> bool:
    found = [match for cell in cells if (match := _DAY_FIRST.fullmatch(cell.strip()))]
    return bool(found) and all(int(match[1]) <= 12 for match in found)


def _is_month_first(cell: str) -> bool:
    match = _DAY_FIRST.fullmatch(cell.strip())
    return match is not None and int(match[1]) <= 12 < int(match[2])
