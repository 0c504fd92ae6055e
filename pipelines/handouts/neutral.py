"""Texts that a spreadsheet program will not take for a formula, even once the sheet is exported as CSV."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutralised(text: str) -> str:
    """`text`, behind an apostrophe if a spreadsheet could run it (CSV injection, OWASP)."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) else text
