"""Dates and periods in words."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from dashboard.text.numbers import LOCALE

YEAR = "annee"
QUARTER = "trimestre"
MONTH = "mois"
COARSEST_FIRST = (YEAR, QUARTER, MONTH)


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


def first_day(pas: str, within: date) -> date:
    """The first day of the period of a step in which a day lies."""
    if pas == YEAR:
        return within.replace(month=1, day=1)
    return within.replace(month=3 * quarter_number(within) - 2 if pas == QUARTER else within.month, day=1)


def period_code(pas: str, start: date) -> str:
    """« 2025 », « 2025-T4 », « 2025-03 », as in the URL."""
    if pas == YEAR:
        return str(start.year)
    return f"{start.year}-T{quarter_number(start)}" if pas == QUARTER else f"{start:%Y-%m}"


def period_name(pas: str, start: date) -> str:
    """« année 2025 », « 4e trimestre 2025 », « mars 2025 »."""
    if pas == YEAR:
        return f"année {start.year}"
    if pas == MONTH:
        return format_date(start, "MMMM y", locale=LOCALE)
    return f"{ordinal(quarter_number(start))} trimestre {start.year}"


def period_short(pas: str, start: date) -> str:
    """« 2025 », « T4 2025 », « mars 2025 », for axes and tables."""
    if pas == YEAR:
        return str(start.year)
    return f"T{quarter_number(start)} {start.year}" if pas == QUARTER else format_date(start, "MMM y", locale=LOCALE)


def in_period(pas: str, start: date) -> str:
    """« en 2025 », « au 4e trimestre 2025 », « en mars 2025 »."""
    if pas == YEAR:
        return f"en {start.year}"
    return f"{'en' if pas == MONTH else 'au'} {period_name(pas, start)}"


def of(short: str) -> str:
    """A short period after « à partir »: « du T1 2025 », « de 2025 », « d'avr. 2025 »."""
    if short.startswith("T"):
        return f"du {short}"
    return f"d'{short}" if short[0] in "aeio" else f"de {short}"
