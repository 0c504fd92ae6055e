"""The section on pages: what is beyond its aim is named, what was not measured is said so."""

from tests.bench.pages_report import HEADING, Browser, Cost, Crowd, Memory, Pages, section

CROWD = Crowd(100, 5.0, 6_000, 0, 0.5, 0.1)


def cost(page: float, *, charts: int = 2) -> Cost:
    return Cost(charts, ((page, 0.01), (2 * page, 0.02)))


def told(shared: Crowd | None) -> str:
    costs = {
        60: {"synthese": cost(0.02), "grille": cost(0.04)},
        400: {"synthese": cost(0.02), "grille": cost(0.04)},
        1600: {"synthese": cost(0.03), "grille": cost(0.04)},
    }
    memory = Memory(1.5, 300.0, {500: 410.0, 2000: 412.0})
    return section(Pages(costs, CROWD, shared, memory, Browser(20, 4.0, 0.2, 1.5)), "Faites un jour.", 400)


def test_the_section_names_the_pages_beyond_their_aim_and_how_they_grow() -> None:
    text = told(CROWD)
    assert text.startswith(f"{HEADING}\n\nFaites un jour.\n\n")
    for line in (
        "3,0 fois (2,0 à 4,0) ; au-delà de 3 fois : grille | 3 fois au plus |",
        "25,0 % (0,0 à 50,0) | 20 % au plus |",
        "0 erreur sur 6\N{NARROW NO-BREAK SPACE}000 pages lues | aucune erreur |",
        "5,0 fois (0,5 s)",
        "300 Mo avant ; 410 Mo après 500, 412 Mo après 2\N{NARROW NO-BREAK SPACE}000",
        "| synthese | 2 | 2,0 (2,0 à 2,0) | 30,0 | 2,0 fois | 3,0 fois |",
    ):
        assert line in text


def test_what_was_not_measured_is_said() -> None:
    assert "non mesuré : nginx absent" in told(None)
    assert "non mesuré" not in told(CROWD)
