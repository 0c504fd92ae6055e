"""The page of measures: a section is rewritten alone, and each tells what was found."""

import pytest

from tests.bench import measures_report
from tests.bench.measures_report import Measured, Round, Taken
from tests.bench.protection_report import HEADING, Found, Protection, section
from tests.bench.stages import PARTS
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


def test_the_section_of_measures_tells_the_whole_each_part_and_how_they_grow() -> None:
    def made(seconds: float) -> Round:
        parts = {each.__name__: Taken(seconds / 10, 700.0, 1_200) for each in PARTS}
        return Round(Taken(4.0, 500.0, 9), Taken(6.0, 500.0, 0), parts, Taken(seconds, 1_640.0, 30_000))

    text = measures_report.section(Measured(400, {100: [made(5.0)], 400: [made(20.0), made(30.0)]}), "Faites un jour.")
    assert text.startswith(f"{measures_report.HEADING}\n\nFaites un jour.\n\n")
    for line in (
        "| mesures de 400 structures, 12 réseaux, 36 mois, et leurs analyses, dans un seul processus "
        "| 25,0 s (20,0 à 30,0) | 60 s |",
        "| mémoire la plus haute | 1,6 Go | 2 Go |",
        "| les mêmes secondes, par rapport au décompte de la même région | 2,5 fois (2,0 à 3,0) | pour comparaison |",
        "| phrases | 1\N{NARROW NO-BREAK SPACE}200 | 2,5 (2,0 à 3,0) | 0,7 Go |",
        "| 100 | 30\N{NARROW NO-BREAK SPACE}000 | 5,0 s | 0,5 s | 1,6 Go | 0,5 fois |",
    ):
        assert line in text
