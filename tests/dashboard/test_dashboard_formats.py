"""French numbers, dates and spaces, as tables of examples."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.text import dates, numbers
from dashboard.text.typography import plain, typeset


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Que faire ?", "Que faire\u202f?"),
        ("Valeur : 81 %", "Valeur\u00a0: 81\u00a0%"),
        ("« oui » ; non !", "«\u00a0oui\u00a0»\u202f; non\u202f!"),
        ("5 jours ouvrés", "5\u00a0jours ouvrés"),
        ("4e trimestre 2025", "4e\u00a0trimestre 2025"),
    ],
)
def test_spaces_do_not_break_where_french_forbids_it(written: str, printed: str) -> None:
    assert typeset(written) == printed
    assert plain(printed) == written


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (81, "environ quatre personnes sur cinq"),
        (80, "quatre personnes sur cinq"),
        (50, "une personne sur deux"),
        (26, "environ une personne sur quatre"),
        (3, "moins d'une personne sur dix"),
        (0, "moins d'une personne sur dix"),
        (97, "plus de neuf personnes sur dix"),
    ],
)
def test_a_share_is_said_aloud(value: int, said: str) -> None:
    assert numbers.spoken_part(value, "personnes") == said


def test_thousands_are_french() -> None:
    assert plain(numbers.number(12345)) == "12 345"


@pytest.mark.parametrize(
    ("day", "said"), [(date(2026, 3, 1), "1er mars 2026"), (date(2026, 11, 12), "12 novembre 2026")]
)
def test_dates_in_words(day: date, said: str) -> None:
    assert dates.day(day) == said


@pytest.mark.parametrize(
    ("pas", "start", "name", "within", "short"),
    [
        ("annee", date(2025, 1, 1), "année 2025", "en 2025", "2025"),
        ("trimestre", date(2025, 1, 1), "1er trimestre 2025", "au 1er trimestre 2025", "T1 2025"),
        ("trimestre", date(2025, 10, 1), "4e trimestre 2025", "au 4e trimestre 2025", "T4 2025"),
        ("mois", date(2025, 3, 1), "mars 2025", "en mars 2025", "mars 2025"),
        ("mois", date(2025, 1, 1), "janvier 2025", "en janvier 2025", "janv. 2025"),
    ],
)
def test_periods_in_words(pas: str, start: date, name: str, within: str, short: str) -> None:
    assert dates.period_name(pas, start) == name
    assert dates.in_period(pas, start) == within
    assert dates.period_short(pas, start) == short


@pytest.mark.parametrize(
    ("short", "said"),
    [("2025", "de 2025"), ("T1 2025", "du T1 2025"), ("mars 2025", "de mars 2025"), ("avr. 2025", "d'avr. 2025")],
)
def test_a_moment_after_since(short: str, said: str) -> None:
    assert dates.of(short) == said
