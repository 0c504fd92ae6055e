"""Pseudonymous references: a tool's own reference becomes a keyed hash of 128 bits, one key for each calendar year.

While a year's key exists the records are pseudonymised; once it is destroyed (at the year's closing) nobody can link a
reference back. The hash is sha256(key ‖ sha256(key ‖ reference)) cut to 128 bits: nested, so that it cannot be extended.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from pipelines.home import aside, put_in_place

_KEY_BYTES = 32


def year_keys(folder: Path, years: list[int]) -> dict[int, str]:
    """The key of each year, in hexadecimal; made and stored (readable by its owner alone) where it does not exist yet."""
    return {year: _key(folder / f"{year}.key") for year in years}


def passing_keys(years: list[int]) -> dict[int, str]:
    """Keys that are never stored: for a file that is only checked."""
    return {year: secrets.token_hex(_KEY_BYTES) for year in years}


def reference_sql(cell: str, key: str, survey: str) -> str:
    """SQL for the pseudonymous reference (UUID) of `cell`; NULL where the cell or the key is.

    `survey` keeps the references of two tools apart.
    """
    message = f"'{survey}/' || {cell}"
    return f"CAST(left(sha256({key} || sha256({key} || {message})), 32) AS UUID)"


def _key(path: Path) -> str:
    if not path.is_file():
        built = aside(path)
        built.touch(mode=0o600)
        built.write_text(secrets.token_hex(_KEY_BYTES), encoding="ascii")
        put_in_place(built, path)
    return path.read_text(encoding="ascii")
