"""The page of measures: a section is rewritten alone, and the protection's tells what was found."""

import pytest

from tests.bench.protection_report import HEADING, Found, Protection, section
from tests.bench.tables import section_of, with_section

PAGE = "# Mesures\n\ntexte\n"
BEFORE, AFTER = "## Avant\n\nun\n", "## Après\n\ndeux\n"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (PAGE, f"{PAGE}\n{HEADING}\n\nneuf\n"),
        (f"{PAGE}\n{HEADING}\n\nvieux\n\n### dedans\n", f"{PAGE}\n{HEADING}\n\nneuf\n"),
        (f"{PAGE}\n{BEFORE}\n{HEADING}\n\nvieux\n\n{AFTER}", f"{PAGE}\n{BEFORE}\n{HEADING}\n\nneuf\n\n{AFTER}"),
    ],
)
def test_a_section_takes_the_place_of_the_old_one_and_nothing_else_moves(page: str, expected: str) -> None:
    written = with_section(page, f"{HEADING}\n\nneuf\n")
    assert written == expected
    assert section_of(written, HEADING).strip() == f"{HEADING}\n\nneuf"
    assert with_section(written, f"{HEADING}\n\nneuf\n") == written


def test_a_page_without_the_section_has_none() -> None:
    assert section_of(PAGE, HEADING) == ""


def test_the_section_tells_shares_by_threshold_and_what_falls() -> None:
    hidden = [("accueils", "structure", "mois", 200, 50, 10, 0), ("avis", "reseau", "annee", 12, 2, 2, 5)]
    told = {"seconds": 2.0, "megabytes": 1500.0, "rows": 9, "hidden": hidden, "reasons": {"seuil": 40}, "read": 0.9}
    usual = Found.of(told)
    attack = Found.of(
        {"seconds": 30.0, "megabytes": 900.0, "findings": {"recalcul_exact": 3}, "tried": [["sommes", 7]]}
    )
    text = section(
        Protection(
            400, {400: usual}, {400: usual}, [(Found.of({**told, "seconds": 4.0}), usual)], {5: usual}, {400: attack}
        ),
        "Faites un jour.",
    )
    assert text.startswith(f"{HEADING}\n\nFaites un jour.\n\n")
    for line in (
        "| les mêmes, par rapport à l'addition des décomptes à tous les pas et niveaux | 0,5 fois (0,5 à 0,5) | 1 fois |",
        "| cases que les règles laissent tomber, par sorte (une case compte pour chaque attaquant) | recalcul_exact 3 |",
        "| 400 | 9 lignes | 2,0 s | 1,5 Go | 30,0 s | 0,9 Go |",
        "| accueils | structure | mois | 200 | 25,0 % |",
        "| moins de personnes que le seuil | 40 |",
        "| réseau | 50,0 % à 5 |",
    ):
        assert line in text
