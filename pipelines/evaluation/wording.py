"""Numbers, units, periods and quotations in French sentences, with plain spaces: the page that shows them typesets."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

_SINGULARS = {"jours ouvrés": "jour ouvré", "minutes": "minute", "points": "point", "canaux": "canal"}
_PERIODS = {"mois": "mois", "trimestre": "trimestres", "annee": "années"}
_ONE_TO_THE_NEXT = {
    "mois": "d'un mois à l'autre",
    "trimestre": "d'un trimestre à l'autre",
    "annee": "d'une année à l'autre",
}


def month(day: date) -> str:
    """« avril 2025 »."""
    return str(format_date(day, "MMMM y", locale="fr_FR"))


def since(step: str, start: date) -> str:
    """« Depuis avril 2025 », « Depuis le 2e trimestre 2025 », « Depuis 2025 »."""
    if step == "annee":
        return f"Depuis {start.year}"
    if step == "mois":
        return f"Depuis {month(start)}"
    rank = (start.month + 2) // 3
    return f"Depuis le {rank}{'er' if rank == 1 else 'e'} trimestre {start.year}"


def periods(step: str) -> str:
    """What a step counts, in the plural: « trimestres »."""
    return _PERIODS[step]


def from_one_to_the_next(step: str) -> str:
    """« d'un mois à l'autre »."""
    return _ONE_TO_THE_NEXT[step]


def whole(value: int) -> str:
    """A whole number, with a true minus: « −3 »."""
    return f"{value}".replace("-", "−")


def amount(value: int, unit: str) -> str:
    """A value in its unit: « 62 % », « 1 jour ouvré », « 9 jours ouvrés »."""
    return f"{whole(value)} {_SINGULARS.get(unit, unit) if abs(value) < 2 else unit}"


def gap(value: int, unit: str) -> str:
    """A difference, signed, in points for percents: « +20 points », « −4 jours ouvrés », « 0 point »."""
    return f"{'+' if value > 0 else ''}{amount(value, 'points' if unit == '%' else unit)}"


def spread(low: int | None, high: int | None) -> str | None:
    """« fourchette +5 à +33 », « au moins +5 » or « au plus −2 » where it has one bound, None where it has none."""
    if low is None:
        return None if high is None else f"au plus {_signed(high)}"
    return f"au moins {_signed(low)}" if high is None else f"fourchette {_signed(low)} à {_signed(high)}"


def quoted(text: str) -> str:
    """A text between guillemets, its own guillemets made inner ones: « Dire “oui” »."""
    inner = text.replace("« ", "“").replace(" »", "”").replace("«", "“").replace("»", "”")
    return f"« {inner} »"


def _signed(value: int) -> str:
    return f"{'+' if value > 0 else ''}{whole(value)}"
