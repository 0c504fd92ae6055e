"""Dates and periods in words."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from dashboard.text.numbers import LOCALE

YEAR = "annee"
QUARTER = "trimestre"


def day(value: date) -> str:
    """« 1er mars 2026 »."""
    words = format_date(value, "d MMMM y", locale=LOCALE)
    return words.replace("1 ", "1er ", 1) if value.day == 1 else words


def quarter_number(start: date) -> int:
    """1 to 4."""
    return (start.month - 1) // 3 + 1


def ordinal(value: int) -> str:
    """« 1er », « 2e »."""
    return "1er" if value == 1 else f"{value}e"


def period_name(pas: str, start: date) -> str:
    """« année 2025 », « 4e trimestre 2025 »."""
    if pas == YEAR:
        return f"année {start.year}"
    return f"{ordinal(quarter_number(start))} trimestre {start.year}"


def period_short(pas: str, start: date) -> str:
    """« 2025 », « T4 2025 », for axes and tables."""
    return str(start.year) if pas == YEAR else f"T{quarter_number(start)} {start.year}"


def in_period(pas: str, start: date) -> str:
    """« en 2025 », « au 4e trimestre 2025 »."""
    return f"en {start.year}" if pas == YEAR else f"au {period_name(pas, start)}"
