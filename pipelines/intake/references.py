"""Pseudonymous references: a tool's own reference becomes a keyed hash of 128 bits, one key for each calendar year.

While a year's key exists the records are pseudonymised; once it is destroyed (at the year's closing) nobody can link a
reference back. The hash is sha256(key ‖ reference) cut to its first half: what is cut off is what extending it would need.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

from pipelines.home import aside, put_in_place

FIRST_YEAR, LAST_YEAR = 2000, 2099
_KEY_BYTES = 32

Keys = dict[int, str]
"""The key of each year from FIRST_YEAR to LAST_YEAR, in hexadecimal."""


def draft_keys(folder: Path) -> Keys:
    """The stored key of each year, and a new one, not stored yet, where there is none."""
    return {year: _stored(folder, year) or secrets.token_hex(_KEY_BYTES) for year in range(FIRST_YEAR, LAST_YEAR + 1)}


def passing_keys() -> Keys:
    """Keys that are never stored: for a file that is only checked."""
    return {year: secrets.token_hex(_KEY_BYTES) for year in range(FIRST_YEAR, LAST_YEAR + 1)}


def keep_keys(folder: Path, keys: Keys, years: Iterable[int]) -> None:
    """Store the keys of `years`, readable by their owner alone; one that is stored already never changes."""
    for year in years:
        if _stored(folder, year) is None:
            path = _path(folder, year)
            built = aside(path)
            built.touch(mode=0o600)
            built.write_text(keys[year], encoding="ascii")
            put_in_place(built, path)


def reference_sql(cell: str, key: str, survey: str) -> str:
    """SQL for the pseudonymous reference (UUID) of `cell`; NULL where the cell or the key is.

    `survey` keeps the references of two tools apart.
    """
    message = f"{key} || '/{survey}/' || nullif({cell}, '')"
    return f"CAST(left(sha256({message}), 32) AS UUID)"


def _path(folder: Path, year: int) -> Path:
    return folder / f"{year}.key"


def _stored(folder: Path, year: int) -> str | None:
    path = _path(folder, year)
    return path.read_text(encoding="ascii") if path.is_file() else None
